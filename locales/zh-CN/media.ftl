command-export = 导出表格（工作人员）
media-taken = 照片收到了，网格员看得到。体温请再打一下数字，比如 36.5
media-taken-voice = 语音收到了，网格员听得到，我听不懂。体温请打数字，比如 36.5
media-refused = 这个文件收不了。请发照片（JPG、PNG），10 MB 以内。
media-gone = 刚才的照片没有收到，请再发一次。
photo = 📷 { $name } · { $where } · { $time }
voice = 🎤 { $name } · { $where } · { $time }
photo-of = 📷 { $name } · { $time }
voice-of = 🎤 { $name } · { $time }
alert-photos = 📷 照片 { $count } 张
button-photos = 看照片（{ $count }）
alert-photos-voices = 📎 照片、语音 { $count } 件
button-photos-voices = 看照片、听语音（{ $count }）
media-of-no-door = 照片没收：不知道是哪一户的。{ $who ->
        [head] 跟告警有关的，先按“我来处理”，再发照片。通知要配图，先发：通知
        [worker] 跟告警有关的，先按“我来处理”，再发照片。
       *[other] 有事请打字。
    }
location-by-the-door = 位置收到了，但我用不上：网格员按登记的门牌来，{ $where }。门牌不对，请告诉网格员。
location-by-the-door-asked = 位置收到了，但我用不上：网格员按登记的门牌来，{ $where }。门牌不对，请告诉网格员。
    <b>体温请打数字</b>，{ $people ->
        [1] 比如：{ $example }
       *[other] 一家人写在一起，比如：{ $example }
    }
location-not-used = 位置收到了，但我用不上。有事请打字。
export-what = 要导出什么？
button-export-register = { $area } · 台账
button-export-today = { $area } · 今天的体温
export-making = 正在准备，做好就发给您。
export-making-each = 户数多，每个社区一张表，共 { $count } 张，做好一张发一张。
export-ready = <b>{ $area }</b> · { $title }
    里面有个人信息，请妥善保管。
file-not-here = （文件“{ $name }”在这里发不了，请在别的聊天工具里或电脑上取。）
export-failed = 表格没做出来，已经记下来让人查。请过一会儿再试。
export-register = 台账
export-today = 体温
sheet-grid = 网格
sheet-room = 房号
sheet-name = 姓名
slot-due = 还没报
slot-reported = 还没报
slot-late = 还没报
slot-missed = 漏报
slot-unreachable = 联系不上
slot-excused = 不用报

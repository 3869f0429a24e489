/** Every word the page says, in both languages; the language follows the reader and is remembered. */

import { announce } from './signals.js';

/** Key → [Chinese, English]. `{name}` is replaced by a parameter. */
export const WORDS = {
  'brand': ['网格通', 'gridbot'],
  'list.title': ['所有手机', 'All phones'],
  'list.search': ['搜索姓名、楼栋…', 'Search name, building…'],
  'list.toggle': ['显示或收起手机列表', 'Show or hide the list of phones'],
  'list.none': ['没有找到', 'Nobody found'],
  'list.empty': ['还没有消息', 'No messages yet'],
  'clock.stop': ['暂停', 'Stop'],
  'clock.speeds': ['时间流速', 'Speed of time'],
  'clock.speed': ['{n} 倍速', '{n} times real time'],
  'clock.skip': ['跳到下一件事', 'Skip to the next event'],
  'clock.nothing': ['暂无待办', 'Nothing due'],
  'clock.tomorrow': ['明天', 'Tomorrow'],
  'bar.theme': ['切换浅色或深色', 'Switch light or dark'],
  'bar.language': ['切换为英文', '切换为中文'],
  'link.broken': ['与沙盒断开，正在重连…', 'Lost the sandbox, reconnecting…'],
  'link.back': ['已重新连上', 'Connected again'],
  'deck.label': ['打开的手机', 'Open phones'],
  'deck.tabs': ['切换手机', 'Switch phone'],
  'deck.back': ['返回列表', 'Back to the list'],
  'deck.empty': ['从左侧选一部手机，看看这位居民收到了什么', 'Choose a phone on the left to see what its owner receives'],
  'deck.nobody': ['还没有手机加入。手机出现后会自动显示在这里。', 'No phones have joined yet. They will appear here by themselves.'],
  'driver.auto': ['模拟中', 'Simulated'],
  'driver.visitor': ['由您操作', 'Yours'],
  'driver.take': ['接手', 'Take over'],
  'driver.give': ['交还', 'Hand back'],
  'driver.taken': ['您已接手{name}的手机', 'Taken over: {name}'],
  'driver.given': ['{name}的手机已交还模拟', 'Simulated again: {name}'],
  'phone.menu': ['更多操作', 'More'],
  'phone.bot': ['选择对话', 'Choose a chat'],
  'phone.block': ['屏蔽机器人', 'Block the bot'],
  'phone.unblock': ['解除屏蔽', 'Unblock'],
  'phone.deactivate': ['停用账号', 'Deactivate the account'],
  'phone.read': ['标为已读', 'Mark as read'],
  'phone.close': ['关闭此列', 'Close this column'],
  'phone.blocked': ['您已屏蔽这个机器人', 'You have blocked this bot'],
  'phone.deactivated': ['该账号已停用，收不到任何消息', 'This account is deactivated and receives nothing'],
  'phone.start': ['开始使用', 'START'],
  'phone.block.wechat': ['取消关注', 'Unfollow'],
  'phone.unblock.wechat': ['重新关注', 'Follow again'],
  'phone.blocked.wechat': ['您已取消关注', 'You no longer follow this account'],
  'phone.start.wechat': ['关注', 'Follow'],
  'phone.hello.wechat': ['关注“{bot}”，就能收到消息', 'Follow {bot} to get its messages'],
  'phone.block.wecom': ['移出可见范围', 'Take out of the range'],
  'phone.unblock.wecom': ['放回可见范围', 'Put into the range again'],
  'phone.blocked.wecom': ['不在这个应用的可见范围里', 'Outside the range of this application'],
  'phone.start.wecom': ['打开应用', 'Open'],
  'phone.hello.wecom': ['打开“{bot}”就能收到消息', 'Open {bot} to get its messages'],
  'phone.hello': ['点“开始使用”与{bot}对话', 'Press START to talk to {bot}'],
  'phone.nobot': ['还没有机器人上线', 'No bot is online yet'],
  'phone.typing': ['正在输入…', 'typing…'],
  'chat.log': ['与{bot}的对话', 'Chat with {bot}'],
  'chat.new': ['{n} 条新消息', '{n} new'],
  'chat.bottom': ['回到最新', 'To the latest'],
  'chat.unread': ['以下是未读消息', 'Unread messages'],
  'chat.earlier': ['查看更早的消息', 'Show earlier messages'],
  'chat.edited': ['已编辑', 'edited'],
  'chat.today': ['今天', 'Today'],
  'chat.yesterday': ['昨天', 'Yesterday'],
  'chat.photo': ['图片', 'Photo'],
  'chat.enlarge': ['放大图片', 'Enlarge the photo'],
  'chat.file': ['文件', 'File'],
  'chat.voice': ['语音', 'Voice'],
  'chat.place': ['位置', 'Place'],
  'chat.scanned': ['扫了二维码', 'Scanned a code'],
  'chat.followed': ['关注了公众号', 'Began to follow'],
  'card.template': ['服务通知', 'Service message'],
  'channel.telegram': ['Telegram', 'Telegram'],
  'channel.wechat': ['微信', 'WeChat'],
  'channel.wecom': ['企业微信', 'WeCom'],
  'budget.left': ['还能收到 {n} 条，到 {until}', '{n} more may come, until {until}'],
  'budget.spent': ['额度用完，要再说句话才收得到', 'Nothing more may come until something is said here'],
  'budget.shut': ['48 小时没说话，收不到消息了', 'Silent for 48 hours: nothing may come any more'],
  'chat.silent': ['机器人还没有回应', 'The bot has not answered yet'],
  'write.label': ['给{bot}发消息', 'Message to {bot}'],
  'write.here': ['输入消息…', 'Message…'],
  'write.caption': ['为图片写一句说明…', 'Add a caption…'],
  'write.send': ['发送', 'Send'],
  'write.attach': ['图片、文件或手机号', 'Photo, file or phone number'],
  'write.attach.wechat': ['图片、语音、位置或扫码', 'Photo, voice, place or scan'],
  'write.attach.wecom': ['图片、文件、语音或位置', 'Photo, file, voice or place'],
  'write.voice': ['说 3 秒语音', 'Speak for 3 seconds'],
  'write.place': ['发送位置', 'Send a place'],
  'write.scan': ['扫二维码', 'Scan a code'],
  'write.menu': ['公众号菜单', 'Menu of the account'],
  'write.photo': ['发送图片', 'Send a photo'],
  'write.document': ['发送文件', 'Send a file'],
  'write.contact': ['分享手机号', 'Share phone number'],
  'write.drop': ['不发这个附件', 'Remove the attachment'],
  'write.commands': ['命令菜单', 'Commands'],
  'write.keyboard': ['快捷回复', 'Quick replies'],
  'contact.title': ['把手机号分享给{bot}', 'Share a phone number with {bot}'],
  'contact.number': ['手机号', 'Phone number'],
  'contact.share': ['分享', 'Share'],
  'place.title': ['把位置发给{bot}', 'Send a place to {bot}'],
  'place.label': ['在哪里', 'Where'],
  'place.here': ['西河楞村委会', 'Xiheleng village office'],
  'place.send': ['发送位置', 'Send place'],
  'scan.title': ['扫{bot}的二维码', 'Scan a code of {bot}'],
  'scan.code': ['码里的内容（邀请码）', 'What the code says (an invite)'],
  'scan.go': ['扫', 'Scan'],
  'toast.join': ['：', ': '],
  'ok': ['好的', 'OK'],
  'cancel': ['取消', 'Cancel'],
  'close': ['关闭', 'Close'],
  'failed.send': ['没有发出去', 'Not sent'],
  'failed.press': ['这个按钮已经失效', 'This button no longer works'],
  'failed.clock': ['时间没有调成', 'The clock was not changed'],
  'failed.phone': ['操作没有成功', 'That did not work'],
  'failed.load': ['没有读到消息', 'Could not load the messages'],
  'reason.refused': ['沙盒不接受', 'the sandbox refused it'],
  'reason.missing': ['已经不存在', 'it is no longer there'],
  'reason.offline': ['连不上沙盒', 'the sandbox cannot be reached'],
  'reason.broken': ['沙盒出错了', 'the sandbox had a fault'],
  'role.city': ['市级', 'City'],
  'role.district': ['分局', 'District'],
  'role.street': ['街道', 'Street office'],
  'role.community': ['社区', 'Community'],
  'role.grid_head': ['网格长', 'Grid head'],
  'role.grid_worker': ['网格员', 'Grid worker'],
  'role.medical': ['医务人员', 'Medical staff'],
  'role.department': ['部门网格员', 'Department worker'],
  'role.volunteer': ['志愿者', 'Volunteer'],
  'role.gate': ['卡口', 'Gate'],
  'role.operator': ['运维', 'Operator'],
  'role.resident': ['居民', 'Resident'],
  'role.other': ['其他', 'Other'],
};

const MEMORY = 'gridbot.language';
let language = remembered() ?? ((navigator.language ?? '').toLowerCase().startsWith('zh') ? 'zh' : 'en');

function remembered() {
  const kept = localStorage.getItem(MEMORY);
  return kept === 'zh' || kept === 'en' ? kept : null;
}

/** The language of now: `zh` or `en`. */
export const spoken = () => language;

/** Changes the language, remembers it, and announces `language`. */
export function speakIn(chosen) {
  language = chosen;
  localStorage.setItem(MEMORY, chosen);
  announce('language');
}

/** The text of `key`; throws for a key that is not in the table, so that a typo is seen at once. */
export function t(key, parameters = {}) {
  const entry = WORDS[key];
  if (!entry) throw new Error(`no words for ${key}`);
  return entry[language === 'zh' ? 0 : 1].replace(/\{(\w+)\}/g, (whole, name) => parameters[name] ?? whole);
}

/** What `key` is called in each language. */
export const inEveryLanguage = (key) => WORDS[key] ?? [];

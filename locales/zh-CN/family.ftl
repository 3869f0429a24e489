family = <b>{ $room } 登记的人</b>
    { $lines }

    哪个不对，点名字改。
family-called = （{ $call }）
family-is-head = 当家
family-asked = 每次都问
family-left-alone = 不用问
family-not-joined = 没用手机登记
family-child = 孩子，不问
family-minor = { $age } 岁，不问
button-family-member = ✏️ { $name }
button-family-add = ➕ 加一个人
family-member = { $line }
    要改什么？
button-family-name = 改名字
button-family-relation = 改关系
button-family-call = 平时叫什么
button-family-head = 由这位当家
button-family-quiet = 不用问这位
button-family-quiet-me = 不用问我
button-family-ask-me = 也问我
button-family-child = 是孩子，不要问
button-family-grown = 是大人
button-family-out = 不住这里了
family-done = ✓ { $line }
family-somebody-stays = 家里总要留一个大人收消息。请先让别的大人在自己手机上登记，再改。
family-adults-only = 家里的登记请大人来改。

family-ask-name = { $name } 的名字应该怎么写？请按身份证上的发。
family-ask-relation = { $name } 是户主的什么人？
family-wrong-relation = 请按一个，或者打一个词，比如：外甥
family-ask-call = 家里平时怎么叫 { $name }？报体温时就可以这样写，比如：豆豆
family-wrong-call = 这个不行：最多 8 个字，不带数字，也不能和家里别人一样。请换一个。
family-ask-new-name = 谁也住这里？请按身份证上的发名字。
family-ask-child = { $name } 满 18 岁了吗？孩子不问，由大人报。
family-wrong-child = 请按一个。
family-child-yes = 没满，是孩子
family-child-no = 满了
family-name-taken = { $name } 已经登记在这里了，或者人数满了。有问题请找网格员。
family-add-done = ✓ { $name } 加到 { $room } 了，也告诉了网格员。
    要不要隔离、报体温，由网格员告诉您。

family-out-sure = { $name } 不住 { $room } 了？以前报的体温会留着，网格员会知道。
button-family-out-yes = 对，{ $name } 不住这里了
family-out-done = ✓ { $name } 不再登记在 { $room }，也告诉了网格员。
family-out-held = { $name } 还在居家隔离，或者就是您自己，这里不能去掉。请打网格员的电话。

family-changes = { $who } 改了 { $where } 家里的登记：
family-renamed = · { $person } 的名字改成 { $name }
family-related = · { $person } 和户主的关系改成 { $relation }（原来：{ $before }）
family-head = · 由 { $person } 当家
family-added = · 加了 { $person }（{ $relation }），要不要隔离请您定
family-removed = · { $person } 不住这里了

relation-spouse = 配偶
relation-son = 儿子
relation-daughter = 女儿
relation-father = 父亲
relation-mother = 母亲
relation-grandson = 孙子
relation-granddaughter = 孙女
relation-grandfather = 爷爷
relation-grandmother = 奶奶
relation-daughter-in-law = 儿媳
relation-son-in-law = 女婿

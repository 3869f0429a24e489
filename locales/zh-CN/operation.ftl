house-stands-still = 🛠 <b>服务有一部分停住了</b>
    从 { $at } 起没有动静：{ $parts }
    请看一下机器：日志和 /readyz。
house-goes-on = 🛠 <b>服务恢复了</b>
    { $at } 起：{ $parts }

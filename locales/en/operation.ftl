house-stands-still = 🛠 <b>A part of the service stands still</b>
    Nothing has moved since { $at }: { $parts }
    Somebody has to look at the machine: its log, and /readyz.
house-goes-on = 🛠 <b>The service goes on</b>
    Since { $at }: { $parts }

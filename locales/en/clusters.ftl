alert-cluster = 🚨 <b>Fevers together: { $where }, { $count } people</b>
alert-cluster-within = With a fever or unwell here within { $hours } hours:
alert-cluster-more = { $count } more
alert-in-cluster = 🔗 One of the { $count } ill together in { $where }
cluster-line-open = { $index }. { $name } { $where } { $measured ->
        [yes] { $celsius } °C
       *[no] unwell
    } · ⏳ nobody has it yet
cluster-line-taken = { $index }. { $name } { $where } { $measured ->
        [yes] { $celsius } °C
       *[no] unwell
    } · 👤 { $who } has it
cluster-line-closed = { $index }. { $name } { $where } { $measured ->
        [yes] { $celsius } °C
       *[no] unwell
    } · ✅ { $outcome }
cluster-people = { $count ->
        [one] 1 person
       *[other] { $count } people
    }
kind-cluster = fevers together
outcome-contained = Looked into, contained
outcome-handed-to-cdc = Handed to disease control
outcome-unrelated = Found to be unrelated

lapsing-people = { $kind } ({ $count } people)
lapsing-one-place = ⏰ <b>Nearly time: { $what }</b>
    { $where }
    A result is due before { $until }, or it goes on up.
lapsing-line-place = { $index }. { $where } { $what } · before { $until }

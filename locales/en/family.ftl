family = <b>Registered at { $room }</b>
    { $lines }

    Press a name to put something right.
family-called = { " " }({ $call })
family-is-head = head of the family
family-asked = is asked each time
family-left-alone = is not asked
family-not-joined = has not joined by phone
family-child = a child, is not asked
family-minor = { $age } years old, is not asked
button-family-member = ✏️ { $name }
button-family-add = ➕ Somebody else lives here
family-member = { $line }
    What should be changed?
button-family-name = The name
button-family-relation = The relation
button-family-call = What we call them
button-family-head = Is head of the family
button-family-quiet = Need not be asked
button-family-quiet-me = Do not ask me
button-family-ask-me = Ask me too
button-family-child = Is a child, do not ask
button-family-grown = Is grown up
button-family-out = Does not live here
family-done = ✓ { $line }
family-somebody-stays = One adult of the household always has to be asked. Let another adult join on their own phone first.
family-adults-only = Please let an adult change what is registered.

family-ask-name = How is the name of { $name } written? Please send it as on the identity card.
family-ask-relation = What is { $name } to the head of the household?
family-wrong-relation = Please press one, or type one word, for example: nephew
family-ask-call = What do you call { $name } at home? You can write it with the temperature, for example: Dudu
family-wrong-call = That cannot be used: 8 letters at most, no digits, and nothing that somebody else is called. Please send another.
family-ask-new-name = Who else lives here? Please send the name as on the identity card.
family-ask-child = Is { $name } 18 or older? Children are not asked; an adult reports for them.
family-wrong-child = Please press one.
family-child-yes = Under 18, a child
family-child-no = 18 or older
family-name-taken = { $name } is registered here already, or there is no more room. Please ask your grid worker.
family-add-done = ✓ { $name } is registered at { $room }, and your grid worker was told.
    They will tell you whether { $name } has to stay in quarantine.

family-out-sure = { $name } does not live at { $room } any more? What was measured is kept, and your grid worker is told.
button-family-out-yes = Yes, { $name } has left
family-out-done = ✓ { $name } is not registered at { $room } any more, and your grid worker was told.
family-out-held = { $name } is in quarantine, or is you yourself: that cannot be done here. Please call your grid worker.

family-changes = { $who } has corrected who lives at { $where }:
family-renamed = · { $person } is now written { $name }
family-related = · { $person }: { $relation } to the head (was: { $before })
family-head = · { $person } is head of the family
family-added = · { $person } was added ({ $relation }); please decide about a quarantine
family-removed = · { $person } does not live there any more

relation-spouse = Spouse
relation-son = Son
relation-daughter = Daughter
relation-father = Father
relation-mother = Mother
relation-grandson = Grandson
relation-granddaughter = Granddaughter
relation-grandfather = Grandfather
relation-grandmother = Grandmother
relation-daughter-in-law = Daughter-in-law
relation-son-in-law = Son-in-law

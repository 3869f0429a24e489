command-invite = Let somebody join (staff)
role-resident = resident
role-gate = gate
role-grid-worker = grid worker
role-grid-head = grid head
role-community = community staff
role-street = street office staff
role-district = district staff
role-city = city staff
role-volunteer = volunteer
role-operator = operator
invite-whom = Who shall join?
invite-where = Where?
button-area = { $name }
invite-how-many = For residents of { $area }:
button-invite-one = For one person (7 days)
button-invite-many = For everybody (30 days)
invite-made = <b>{ $area } · { $role }</b>
    Let them scan this code, or send them the link:
    { $link }
    Good once, until { $until }.
invite-made-for-many = <b>{ $area } · { $role }</b>
    Everybody may scan this code, or open the link:
    { $link }
    Good until { $until }.
invite-typed = <b>{ $area } · { $role }</b>
    Let them open the chat with me and send this line:
    { $typed }
    Good once, until { $until }.
invite-typed-by-many = <b>{ $area } · { $role }</b>
    Everybody may open the chat with me and send this line:
    { $typed }
    Good until { $until }.
button-my-invites = My open invites
invites-none = You have no open invites.
invites-open = Open invites: { $count }. Press one to withdraw it:
button-withdraw = ✗ { $area } · { $role } · used { $uses } times
invite-gone = Withdrawn: nobody can join with it any more.
invite-withdrawn = This code was withdrawn. Please ask your grid worker for a new one.

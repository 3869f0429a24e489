command-export = Have a workbook made (staff)
media-taken = Photo received; your grid worker can see it. Please type the temperature too, for example 36.5
media-taken-voice = Voice message received: your grid worker can listen to it, I cannot. Please type the temperature, for example 36.5
media-refused = This file cannot be taken. Please send a photo (JPG, PNG) of at most 10 MB.
media-gone = Your photo did not arrive. Please send it again.
photo = 📷 { $name } · { $where } · { $time }
voice = 🎤 { $name } · { $where } · { $time }
photo-of = 📷 { $name } · { $time }
voice-of = 🎤 { $name } · { $time }
alert-photos = 📷 Photos: { $count }
button-photos = See the photos ({ $count })
alert-photos-voices = 📎 Photos and voice messages: { $count }
button-photos-voices = See or hear them ({ $count })
location-by-the-door = Your location arrived, but I have no use for it: your grid worker comes to the door that is registered, { $where }. If that is wrong, please tell them.
location-by-the-door-asked = Your location arrived, but I have no use for it: your grid worker comes to the door that is registered, { $where }. If that is wrong, please tell them.
    <b>Please type the temperature</b>, { $people ->
        [1] for example: { $example }
       *[other] the whole family in one message, for example: { $example }
    }
media-of-no-door = The photo was not taken: I do not know whose door it is about. { $who ->
        [head] If it is about an alert, press "I take it" first, then send it. For a notice, send /notice first.
        [worker] If it is about an alert, press "I take it" first, then send it.
       *[other] Please type what you need.
    }
location-not-used = Your location arrived, but I have no use for it. Please type what you need.
export-what = What would you like to have?
button-export-register = { $area } · register
button-export-today = { $area } · today's temperatures
export-making = It is being made, and comes as soon as it is ready.
export-making-each = There are many doors: a file for each community, { $count } of them, one after the other.
export-ready = <b>{ $area }</b> · { $title }
    It holds personal data: please keep it safe.
file-not-here = (The file “{ $name }” cannot be sent in this chat: fetch it in another messenger, or on a computer.)
export-failed = The workbook could not be made; somebody will look into it. Please try again later.
export-register = register
export-today = temperatures
sheet-grid = Grid
sheet-room = Door
sheet-name = Name
slot-due = not yet
slot-reported = not yet
slot-late = not yet
slot-missed = missed
slot-unreachable = unreachable
slot-excused = excused

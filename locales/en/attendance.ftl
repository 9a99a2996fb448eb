# Attendance: who came to a forum.
attendance-title = Attendance
attendance-list = Attendance list (PDF, internal)
attendance-list-public = Public attendance list (PDF)
attendance-closed = The list was closed together with the Berita Acara and cannot change any more.
attendance-before-day = This forum is planned for { $day }. You may prepare the list and try it; take back what was only a trial.
attendance-after-day = This forum took place on { $day }. The time recorded is the time now.
attendance-find = Find a name
attendance-find-label = Name, organisation or code
attendance-find-hint = Name, organisation or code
attendance-find-do = Search
attendance-find-all = Show all
attendance-waiting-count = { $count ->
    [one] { $count } person is not in yet
   *[other] { $count } people are not in yet
}
attendance-nobody-waiting = Nobody who waits matches. Try another word, or add them as a guest.
attendance-in = Here
attendance-who-came = Who came?
attendance-someone-else = Somebody else came
attendance-taken-back = was taken back once
attendance-present = Present
attendance-present-none = Nobody is here yet.
attendance-present-of = { $present } present · { $invited } invited · { $walkins } guests
attendance-of = { $present } present, { $invited } invited
attendance-declined = answered that nobody comes
attendance-count = Count
attendance-name = Name
attendance-name-needed = Write the name of the person who came.
attendance-position = Position
attendance-organisation = Organisation
attendance-group = Group
attendance-choose-group = Choose a group
attendance-phone = Telephone number
attendance-phone-hint = Seen by the organisers only; masked in the public copy.
attendance-time = Time
attendance-code = Code
attendance-code-hint = Six letters and digits on the name tag.
attendance-by-code = Check in by code
attendance-prepare = Prepare codes for the invited
attendance-prepare-hint = Makes a row and a code for everybody invited who did not decline, to be printed on name tags.
attendance-prepared = { $count ->
    [0] Everybody invited has a code already.
    [one] { $count } code was prepared.
   *[other] { $count } codes were prepared.
}
attendance-walk-in = Guest without invitation
attendance-walk-in-hint = Anybody may come and speak at a forum.
attendance-walk-in-do = Add and check in
attendance-undo = Take back
attendance-undo-question = Take back the check-in of { $name }?
attendance-undone = The check-in of { $name } was taken back. The name waits in the list again.
attendance-done = { $name } is checked in (code { $code }). { $present } people are here now.
attendance-method-name = from the list
attendance-method-code = by code
attendance-method-walk-in = guest
attendance-one-of = Give exactly one of recipient, attendance, code and walk_in.
rule-attendance-already-in = { $name } has been checked in already, at { $time }.
rule-attendance-other-forum = This code is for another forum: { $title }. Look for the name in the list of this forum.
rule-attendance-unknown-code = This code is unknown. Check its letters and digits, or look for the name in the list.
rule-attendance-not-in = { $name } is not checked in.
rule-attendance-closed = The attendance list was closed together with the Berita Acara.
rule-attendance-nobody = Nobody is checked in. Record the attendance first.

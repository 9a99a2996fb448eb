# Attendance: who came to a forum.
attendance-title = Attendance
attendance-list = Attendance list (PDF, internal)
attendance-list-public = Public attendance list (PDF)
attendance-closed = { $paper ->
    [minutes] The list was closed when the minutes were approved and cannot change any more.
    [berita_acara] The list was closed together with the Berita Acara and cannot change any more.
   *[unknown] The list is closed and cannot change any more.
}
attendance-before-hours = Attendance is recorded from { $time }. Before that you may prepare the list and try it; take back what was only a trial.
attendance-before-day = This forum is planned for { $day }. You may prepare the list and try it; take back what was only a trial.
attendance-cancelled = This forum was cancelled, so nobody is checked in. The reason: { $reason }
attendance-after-day = This forum took place on { $day }, so nobody is let in with the time of now any more. Who came and is not recorded is ticked from the signed attendance sheet: open “Sheets, lists and self check-in”.
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
attendance-taken-back = taken back at { $time } by { $by }
attendance-present = Present
attendance-present-none = Nobody is here yet.
attendance-present-of = { $present } present · { $invited } invited · { $walkins } guests
attendance-invited-people = Invited are counted by person: { $invitations } invitations for { $people } people.
attendance-party-names = Named in the answer:
attendance-party = { $here } of { $all } present
attendance-next-person = Check the next person in
attendance-done-of-party = { $name } is in (code { $code }): { $here } of { $all } people of this invitation. { $present } people now.
attendance-wall-next-name = This invitation is for several people, and one of them is in already. Write your own name.
rule-attendance-next-nameless = { $here } of { $all } people of the invitation of { $office } are in: { $names }. Write the name of the next one to check them in.
rule-attendance-all-in = All { $all } places of the invitation of { $office } are taken: { $names }. Whoever else comes is added as a guest.
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
attendance-undo-signed-question = { $name } has signed. If the check-in is taken back, the signature goes too. Take it back?
attendance-undone = The check-in of { $name } was taken back. The name waits in the list again.
attendance-undone-signed = The check-in of { $name } was taken back and the signature removed. The name waits in the list again.
attendance-done = { $name } is checked in (code { $code }). { $present } people are here now.
attendance-method-name = from the list
attendance-method-code = by code
attendance-method-walk-in = added at the door
attendance-guest = guest
attendance-one-of = Give exactly one of recipient, attendance, code and walk_in.
rule-attendance-already-in = { $name } has been checked in already, at { $time }.
rule-attendance-other-forum = This code is for another forum: { $title }. Look for the name in the list of this forum.
rule-attendance-unknown-code = This code is unknown. Check its letters and digits, or look for the name in the list.
rule-attendance-not-in = { $name } is not checked in.
attendance-look-first = These words seem to name a person, a number or an address: { $words }. Write them without, or look and tick that everybody may read them.
attendance-looked = Looked at: everybody may read these words
rule-attendance-closed = { $paper ->
    [minutes] The attendance list was closed when the minutes were approved.
    [berita_acara] The attendance list was closed together with the Berita Acara.
   *[unknown] The attendance list is closed.
}
rule-attendance-nobody = Nobody is checked in. Record the attendance first.
attendance-workbook = Attendance list (XLSX, internal)
attendance-papers = Sheets, lists and self check-in
attendance-blank = Print the sheet for signatures (PDF)
attendance-blank-by-group = Sheet by group
attendance-blank-by-name = By name
attendance-reload = Reload
attendance-last-of = The last { $shown } of { $all }. Search a name to find the others.
attendance-find-shown = Showing { $shown } of { $all } who are not in yet
attendance-scan-open = Scan a QR code
attendance-scan-close = Close the camera
attendance-scan-view = Camera picture
attendance-scan-hint = Point the camera at the QR code of the invitation or entry card.
attendance-scan-no-camera = The camera cannot be opened. Allow it for this page, or type the code.
attendance-scan-not-ours = This QR code is no entry code. Look for the name in the list.
attendance-offline = The network is gone. Keep going; everything is kept on this device.
attendance-offline-kept = { $name } is kept on this device and will be sent as soon as the network returns.
attendance-offline-twice = { $name } is kept on this device already and waits to be sent.
attendance-offline-count = { $count } entries are waiting to be sent
attendance-offline-signed-out = Your session has ended. What waits is kept on this device: sign in again in another tab, then come back here.
attendance-offline-reload = This page must be loaded again. What waits is kept on this device.
attendance-offline-mend = To be done again
attendance-offline-dismiss = Done
attendance-method-self-service = by themselves
attendance-method-sheet = paper sheet
attendance-sign-title = Signature
attendance-sign-do = Sign
attendance-signed-short = Signed
attendance-sign-why = The signature is printed on the internal list alone, never on public pages or copies.
attendance-sign-kept = Kept now
attendance-sign-alt = Signature of { $name }
attendance-sign-remove = Remove the signature
attendance-sign-remove-question = Remove this signature?
attendance-signed = The signature of { $name } is kept.
attendance-signature-removed = The signature of { $name } was removed.
attendance-scans-title = Signed sheets
attendance-scans-lead = Print the sheet before the forum. When it is signed, photograph or scan it, attach it here and tick its rows.
attendance-scans-print = Print before the forum
attendance-scans-hand-in = Attach a signed sheet
attendance-scans-file = Photograph or scan
attendance-scans-file-hint = JPEG, PNG, WebP or PDF, at most 10 MB. One file for each sheet.
attendance-scans-do = Attach
attendance-scans-kept = Attached so far
attendance-scans-none = No sheet is attached yet.
attendance-scan-kept = The sheet is attached. Tick every row that carries a signature.
attendance-scan-kind = A sheet must be a photograph (JPEG, PNG, WebP) or a PDF. Save HEIC photographs of a telephone as JPEG first.
attendance-scan-title = Match the sheet
attendance-scan-lead = Tick the names whose rows are signed, then record them all at once.
attendance-scan-open-file = Open large
attendance-scan-alt = The signed attendance sheet
attendance-scan-pdf = This sheet is a PDF. Open it in another tab and tick its rows here.
attendance-tick-title = Rows that are signed
attendance-tick-do = Record the ticked as here
attendance-tick-none = Tick at least one row.
attendance-tick-everybody = Everybody who is expected is in.
attendance-tick-guest = A guest on an empty row
attendance-desk-title = Self check-in
attendance-desk-lead = Put the poster on the door: people scan the QR code with their telephone and check in by themselves. It works on the day of the forum only, and while you have it switched on.
attendance-desk-state = State
attendance-desk-on = on
attendance-desk-off = off
attendance-desk-switch-on = Switch self check-in on
attendance-desk-switch-off = Switch self check-in off
attendance-desk-switched-on = Self check-in is on.
attendance-desk-switched-off = Self check-in is off.
attendance-poster = Poster for the door
attendance-poster-pdf = Download the poster (PDF)
attendance-poster-print = Print the poster
attendance-poster-do = Scan to record your attendance
attendance-poster-alt = QR code that leads to the self check-in page
attendance-poster-or = or open in a browser:
attendance-poster-help = No telephone with you? The staff at the door help you.
attendance-wall-title = Record your attendance
attendance-wall-lead = Welcome. Record your attendance with the code of your invitation, or with your name if you have no code.
attendance-wall-by-code = With the code of the invitation
attendance-wall-code-hint = The six letters and digits of your entry card: behind the link of the invitation, or on the printed answer sheet. No code? Use "Without a code" below.
attendance-wall-instead = The invitation names an office, or I come for somebody else
attendance-wall-your-name = Your name
attendance-wall-instead-hint = Write your own name: that is what the list will say.
attendance-wall-your-position = Your position
attendance-wall-by-name = Without a code
attendance-wall-group = You come as
attendance-wall-do = I am here
attendance-wall-welcome = Welcome, { $name }.
attendance-wall-recorded = Your attendance was recorded at { $time }. Please come in.
attendance-wall-next = Record somebody else
attendance-wall-closed = Please ask the staff at the door.
attendance-wall-privacy = Your name, position and institution stand on the attendance list of the forum, which is published. Telephone numbers are seen by the organiser alone.
attendance-card-title = Entry card
attendance-card-hint = Show this QR code at the door and you are recorded at once.
attendance-card-open = Open the entry card
attendance-card-back = Invitation
attendance-card-how = Show this card to the staff, on your telephone or printed. If the QR code cannot be read, say the six letters and digits.
attendance-card-print = Print the card
attendance-card-came = You are recorded as present.
attendance-code-alt = Entry QR code; the code is also written on the entry card
rule-attendance-already-in-by = { $name } is in since { $time }, let in by { $by }.
rule-attendance-already-in-themselves = { $name } is in since { $time }, by self check-in.
rule-attendance-withdrawn = The invitation of { $name } was withdrawn. If they come all the same, add them as a guest.
rule-attendance-not-today = This forum is held on { $day }. Attendance is recorded on that day.
rule-attendance-not-yet = Attendance of this forum is recorded from { $time }. Nobody is noted as present before that.
rule-attendance-over = This forum took place on { $day }. Who came and is not recorded is ticked from the signed attendance sheet, not let in with the time of now.
rule-attendance-self-service-off = Self check-in is switched off at the moment. The staff at the door record your attendance.
conflict-client-id-used = This client_id was used for somebody else. Use a new UUID for every person.
attendance-tick-who = Name of who signed for { $name }
attendance-tick-who-short = Name of who signed
attendance-wall-already = Your attendance is recorded already
attendance-ticked = { $count ->
    [0] All who were ticked are in already.
    [one] { $count } person is recorded from this sheet.
   *[other] { $count } people are recorded from this sheet.
}
attendance-day-came = day { $number } ({ $day }) had { $count } people
attendance-day-count = Day { $number }: { $count } people
attendance-between-days = Today is not a day of the forum: { $day }. Whoever is noted now counts for the day that began last.
attendance-came-before = was there on another day
attendance-tick-day = This sheet is of the day:
rule-attendance-somebody-else = { $name } used this invitation on another day. If somebody else comes, add them as a guest.
attendance-look-only = You may only look at this list. Attendance is recorded by the organisers of the forum: { $who }.
attendance-look-only-nobody = You may only look at this list. Attendance is recorded by accounts with the role of organiser; ask the administrator of the unit for one.
attendance-team-hint = { $count ->
    [one] { $count } member of this forum's team is not on the list yet. They are no guests.
   *[other] { $count } members of this forum's team are not on the list yet. They are no guests.
}
attendance-team-add = Add the team
attendance-team-listed = { $count ->
    [0] All members of the team are on the list already.
    [one] { $count } member of the team is on the waiting list now.
   *[other] { $count } members of the team are on the waiting list now.
}
attendance-unnamed = name not given yet
attendance-name-fill = Give the name
attendance-name-later = Name later
attendance-person-edit = Change
attendance-person-title = Change the details of a participant
attendance-person-save = Save
attendance-person-back = Back
attendance-person-saved = The details of { $name } were saved.
attendance-person-changed = Somebody else has just changed this row. It now says: { $who }. Check what you typed, and save again if it is still needed.
attendance-invited-as = The invitation is addressed to
attendance-came-at = came { $when }
attendance-phone-kept = Stored: { $phone }. Leave empty to keep it.
attendance-phone-remove = Remove the stored number
attendance-history = History
attendance-history-in = Checked in
attendance-history-undone = Check-in taken back
attendance-history-signed = Signed
attendance-history-unsigned = Signature removed
attendance-history-corrected = Details changed
attendance-tick-guest-hint = The rows ticked above are recorded as well.
attendance-ticked-and-guest = { $name } was added, and { $count } ticked people were checked in.
attendance-wall-name-needed = This invitation is addressed to { $office }. Write your own name: it is what the list records.
attendance-sheet-title = Answer sheet
attendance-sheet-back = Back to the recipient
attendance-sheet-print = Print this sheet
attendance-sheet-answer = Answer the invitation
attendance-sheet-answer-alt = QR code of the personal answer link
attendance-sheet-type = Scan it with a telephone, or type this address:
attendance-sheet-how = Please answer with the code on the left; the link is personal, do not pass it on. Show the code on the right at the door.
attendance-sheet-by-hand = Without a telephone: tick, fill in, and give this sheet to whoever brought it or to the organiser.
attendance-sheet-comes = Will come
attendance-sheet-declines = Will not come
attendance-sheet-sends = Sends somebody
attendance-sheet-name = Name of who comes
attendance-just-in = { $name } can sign the attendance list now.
rule-attendance-taken-back = The check-in of { $name } was taken back after it was sent. If the person is really there, check them in again.
rule-attendance-own-people = The organiser's own people are let in by the staff at the desk. Choose another group, or see the staff.
rule-attendance-signed = { $name } has signed already. To replace the signature, open "Sign again".
attendance-sign-again = Sign again
attendance-sign-again-note = The new signature takes the place of the one that is kept.
attendance-seat-of = { $name }, person { $number } of { $all }

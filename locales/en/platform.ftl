# Errors, fields and words used everywhere.
error-not-found = This page or record does not exist, or is not for you.
error-unauthenticated = Sign in first. For the API: send the header Authorization: Bearer TOKEN.
error-forbidden = Your account has not been given the right to do this.
error-invalid = Something is missing or does not fit, so nothing was done or saved. Put it right and send it again.
error-too-many = Too many attempts. Try again in { $count } { $unit ->
    [days] { $count ->
        [one] day
       *[other] days
    }
    [hours] { $count ->
        [one] hour
       *[other] hours
    }
   *[minutes] { $count ->
        [one] minute
       *[other] minutes
    }
}.
error-too-large = This is too large. The limit is { $kilobytes } kB.
error-unavailable = The system is busy or under maintenance. Try again shortly.
error-internal = Something went wrong on our side. It has been recorded.
error-bad-request = This request cannot be read.
error-unreadable-body = The body of the request cannot be read.
error-unreadable-form = The form cannot be read. Open the page again and send it once more.
error-unreadable-query = The part of the address after the question mark cannot be read. Open the page from the menu and choose again.
error-form-expired = This form was open too long, is not from a page of ours, or your browser does not accept cookies. Go back to the form and send it once more.
error-method-not-allowed = This address does not accept that method.
error-unsupported-media-type = This kind of content is not accepted here. Check Content-Type: data is sent as application/json, files as multipart/form-data.
conflict-duplicate = This already exists.
conflict-changed-meanwhile = This record has changed since that page was opened, by somebody else or by your own earlier press of the button, so this one has not been saved. Nothing was overwritten. Open the record in another tab, see what changed, then repeat if still needed.
conflict-idempotency-key = This Idempotency-Key was used before with another body.
field-required = Fill this in.
field-shape = The name or type of this part does not fit; see /api/docs.
field-uuid = Write a UUID: 36 letters and digits like 0195a1c2-0000-7000-8000-000000000001.
query-unknown = The parameter "{ $name }" is not known at this address. Known are: { $known }.
query-twice = The parameter "{ $name }" is given more than once; only one of them would count. Give it once.
query-none = This address takes no parameters; take "{ $name }" off.
field-choose = Choose one.
field-unknown-choice = This choice is not known. Choose one of those offered.
field-clock = Write a time between 00:00 and 23:59, for example 09:30.
field-year = Write a year from { $from } to { $to }.
field-too-short = Write at least { $min } characters.
field-too-long = At most { $max } characters; now { $length }.
field-one-line = Write it on one line.
field-name-letters = These letters or pictures cannot be printed on lists and letters: { $letters }. Write the name in Latin letters.
field-name-marks = A letter carries too many marks above or below it. Write the name in ordinary letters.
field-name-none = Write a name with letters.
field-email = Write a complete e-mail address, such as name@example.com.
field-email-taken = Another account has this e-mail address.
field-phone = Write a complete phone number, such as 0812 3456 7890.
field-date = Write a day of the calendar, from the year 1900 to 2199, such as 2026-03-17.
field-number = Enter a whole number from { $min } to { $max }.
field-invisible-characters = The text contains invisible characters. Type this part again.
field-html = Write plain text, without HTML marks such as <b>.
field-formula = The text must not begin like a spreadsheet formula. Remove the sign at its start.
field-password-short = A password has at least { $min } characters.
field-password-weak = This password is easy to guess. Use several words that do not belong together.
field-cursor = This page marker is not known. Start again at the beginning of the list.
role-system-admin = System administrator
role-unit-admin = Unit administrator
role-organiser = Forum organiser
role-complaint-officer = Complaint officer
role-handler = Division handler
role-head = Head of unit
role-supervisor = Supervisor
shell-nav-home = Home
shell-nav-surveys = Survey
shell-nav-complaints = Complaints
shell-nav-forums = Forums
shell-nav-actions = Action plan
shell-nav-contacts = Contact book
shell-nav-standards = Standards
shell-nav-track = Track
shell-nav-promises = Promises
shell-nav-account = My account
shell-description = File a complaint, follow the public consultation forum, and see what was promised.
errors-minutes = { $count } minutes
signature-hint = Sign inside the box with a finger, a pen or a mouse.
signature-pad = Room to sign
signature-save = Save the signature
signature-undo = Undo
signature-clear = Start again
signature-back = Back without saving
signature-by-file = Upload a picture of the signature
signature-file = Picture
signature-file-hint = PNG, JPEG or WebP, at most 2 MB.
signature-no-picture = This file is not a picture that can be read. Use PNG, JPEG or WebP, or sign on the screen.
signature-too-large = This picture is too large. At most { $limit } MB, and 6,000 pixels on the longest side.
signature-empty = There is no signature yet. Sign first, then save.

# Terminal.
cli-user-password = Password for { $email }:
cli-user-added = Account added.
cli-user-no-unit = No unit has the code { $code }.
cli-user-no-division = No division of { $unit } has the code { $code }.
cli-user-unit-needed = Give --unit for every role but system_admin, and only then.
cli-user-division-needed = Give --division for a handler, and besides only for a complaint officer.
form-add-row = Add a line
form-rows-most = At most { $most } lines.
traces-identity-number = Identity numbers are never published, even after a look: { $words }. Leave the number out or cover it, for example 6472********0001.

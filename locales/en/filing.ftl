# Filing a complaint: step by step, files, the questions of a category, news and contacts.
shell-nav-filing = Complaint form
filing-step-story = what happened
filing-step-details = details and evidence
filing-step-person = about you
filing-next = Continue
filing-back = Back
filing-yes = Yes
filing-no = No
filing-choose = Choose
filing-gone = This form was removed or left alone for too long. Begin again here.
filing-unfinished = In this browser there is a text that was not sent. If it is not yours, remove it.
filing-continue = Go on with that text
filing-throw-away = Remove this text
filing-throw-away-note = Everything that you wrote and attached here is lost and cannot be brought back.
filing-throw-away-do = Yes, delete everything
filing-thrown-away = The text and its files were removed.

## Details and evidence
filing-category = What is it about?
filing-category-hint = We then ask what is usually needed. Not sure? Leave it empty.
filing-category-none = Not sure, or something else
filing-details-title = Details and evidence
filing-details-lead = Fill in what you can. A photo or a letter helps the officers but is not required.
filing-details-lead-some = Please answer: { $questions }. Everything else may stay empty. A photo or a letter helps the officers but is not required.
filing-day-required = Give the day. If you do not remember it, write roughly when in the next field.
filing-day-about = You do not remember the day? Write roughly when
filing-day-about-hint = For example: early October, two weeks ago, or do not remember.
filing-questions-changed = The office has just changed these questions. Please answer once more.
filing-files = Photos and files
filing-files-label = Add photos or a PDF
filing-ways-title = Other ways to reach us
filing-files-hint = At most { $number } files of { $most } MB each: JPEG, PNG, WebP or PDF. Place and camera are removed from photos. A slow connection? Upload them one by one.
filing-files-more = Upload and add more
filing-files-busy = Many files came from the network that you use. Try again in { $minutes } minutes, or go on without files.
filing-files-gone = Some of the files are gone. Upload them again, or go on without them.
filing-files-add = Add photos or a PDF
filing-files-add-do = Send files
filing-files-added = The files have arrived. The officers can open them once they are checked.
filing-file-renamed = { $name } (was { $given })
filing-files-added-renamed = The files arrived: { $names }. Pictures are kept anew as JPEG. Officers can open them once they were checked.
filing-files-many = At most { $most } files. Remove what matters less and send again.
filing-files-many-altogether = This complaint has too many files. Ask by message how to hand in the rest.
filing-file-empty = The file { $name } is empty. Choose it again.
filing-file-large = The file { $name } is larger than { $most } MB. Take a smaller photo, or scan at a lower quality.
filing-file-kind = The file { $name } is neither a photo (JPEG, PNG, WebP) nor a PDF. Save it as one of them and upload it again.
filing-file-picture = The photo { $name } is damaged or incomplete. Take or upload it again.
filing-file-pixels = The picture { $name } has too many pixels. Make it smaller and upload it again.
filing-file-pdf-damaged = The PDF { $name } is damaged, incomplete, or holds something else than a PDF. Save or print it as PDF anew and upload it again.
filing-file-pdf-active = The PDF { $name } holds programs or hidden files, so we do not take it. Print it as PDF anew and upload it again.
filing-file-pdf-locked = The PDF { $name } is locked, so it cannot be checked. Save it without a password and upload it again.
filing-file-waiting = being checked
filing-file-infected = kept sealed: holds a virus
filing-file-damaged = kept sealed: cannot be read
rule-complaint-file-checking = This file is being checked. Try again in a moment.
rule-complaint-file-sealed = This file is kept sealed because it is dangerous or damaged; nobody can open it.
complaint-event-file-sealed = A citizen's file is kept sealed: it holds a virus or cannot be read
complaint-event-file-opened = A citizen's file was opened
complaint-event-news-chosen = Choice of news changed
complaint-event-contact-asked = Change of contact asked for
complaint-event-contact-confirmed = Change of contact confirmed by one address
complaint-event-contact-changed = Contact changed
complaint-mail-notice-sealed-subject = A citizen's file on complaint { $number } is kept sealed
complaint-mail-notice-sealed-text = A file on complaint { $number } holds a virus or cannot be read; nobody can open it. Ask the citizen to send it another way if it is needed.

## Who sees what
filing-sees-officer-anonymous = Only with a reason, and logged
filing-sees-handler-confidential = Only those it is assigned to
filing-sees-head-confidential = No, only that there is one and when it is due
filing-sees-no = No

## When many come at once
filing-work-asked = Many complaints are coming in at the moment. Your text is kept. Press Send after { $at }; before that a browser that runs JavaScript has to work for some seconds.
filing-work-busy = Many complaints are coming in at the moment. Your browser is showing that this is not a machine; you can send in a few seconds.
filing-work-done = Ready to be sent.

## Receipt
filing-brought = What you sent along
filing-receipt-qr = QR code of the tracking page
filing-receipt-qr-note = Scan this picture to open the tracking page; the secret code you still type yourself.

## News and contacts
filing-contact-title = News and contacts
filing-contact-note = Another e-mail address holds once the old and the new address have confirmed it. Leave empty to remove.
filing-contact-new-email = New e-mail address
filing-contact-new-phone = New telephone number
filing-contact-now = Now: { $value }
filing-contact-do-email = Change e-mail address
filing-contact-do-phone = Change telephone number
filing-contact-same = This is the contact you have now.
filing-contact-asked = { $count ->
    [1] Open the link that we sent to that e-mail address. The change holds after that.
   *[other] Open the links that we sent to the old and to the new address. The change holds once both were opened.
}
filing-contact-done = Your contact was changed.
filing-contact-waits-both = The change to { $value } waits for the links at the old and the new address.
filing-contact-waits-old = The change to { $value } waits for the link at the old e-mail address.
filing-contact-waits-new = The change to { $value } waits for the link at the new address.
filing-news-on = News is sent by e-mail.
filing-news-on-do = Stop the news
filing-news-quiet = News by e-mail is stopped.
filing-news-quiet-do = Send news again
filing-rated-helped = You said that the answer helped.
filing-rated-not = You said that the answer did not help.
filing-mail-quiet = No more news wanted? Stop it here:
filing-mail-contact-old-subject = Confirm the change of contact of complaint { $number }
filing-mail-contact-old-text = Somebody who holds the secret code of complaint { $number } asks { $unit } to change its { $field ->
        [phone] telephone number
       *[email] e-mail address
    } to { $value }. If that is you, open this link. If not, do nothing: without this address nothing changes.
filing-mail-contact-new-subject = Confirm this address for complaint { $number }
filing-mail-contact-new-text = This address was given to { $unit } for news of complaint { $number }. If you asked for that, open this link. If not, do nothing.
filing-mail-contact-days = The link is good for { $days } days.
filing-link-contact-title = Confirm the change of contact
filing-link-contact-change = The contact of complaint { $number } will change from { $before } to { $after }. Press the button if you asked for this.
filing-link-contact-add = The contact { $after } will be added to complaint { $number }. Press the button if you asked for this.
filing-link-contact-remove = The contact { $before } will be removed from complaint { $number }. Press the button if you asked for this.
filing-link-contact-do = Yes, I confirm
filing-link-contact-half-title = One more step
filing-link-contact-half-text = This address has confirmed. Please open the link that we sent to the other address too.
filing-link-contact-done-title = Contact changed
filing-link-contact-done-text = From now on news of complaint { $number } uses the new contact.
filing-link-quiet-title = Stop news by e-mail
filing-link-quiet-text = You will get no more e-mails about this complaint. Its progress still stands on the tracking page.
filing-link-quiet-do = Stop the news
filing-link-quiet-done-title = News stopped
filing-link-quiet-done-text = No more e-mails about this complaint. On the tracking page you can turn them on again.

## Categories and questions
filing-categories-title = Complaint form
filing-categories-lead = The categories and questions that citizens see. Older complaints keep what held when they were sent.
filing-categories-list = Categories
filing-categories-none = No categories yet. The form then only asks what happened.
filing-category-new = New category
filing-category-name = Name
filing-category-name-hint = In citizens' words, for example: Waited too long.
filing-category-add = Add
filing-category-added = Category added. Write its questions if any are needed.
filing-category-saved = Saved.
filing-category-taken = There is a category of this name.
filing-category-hidden = Not offered
filing-category-change = Name and display
filing-category-offered = Shown in the form
filing-category-offered-hint = What is not shown stays with older complaints.
filing-category-save = Save
filing-questions = Questions
filing-questions-none = No questions yet.
filing-questions-many = At most { $most } questions. Long forms are not finished.
filing-question-new = New question
filing-question-label = Question
filing-question-label-hint = Short, and only what is really needed. Do not ask for identity numbers.
filing-question-kind = How it is answered
filing-question-text = Text
filing-question-choice = Choice
filing-question-date = Date
filing-question-yes-no = Yes or no
filing-question-choices = Choices, one a line
filing-question-choices-hint = Only for an answer by choice.
filing-choices-number = Write 2 to { $most } choices, one a line.
filing-question-must = Must be answered
filing-question-must-hint = Without an answer the complaint cannot be sent.
filing-question-required = required
filing-question-optional = may stay empty
filing-question-add = Add question
filing-question-edit = Change
filing-question-up = Move up
filing-question-edit-title = Change the question
filing-question-edit-note = Complaints that have come in keep the question and the answer as they were.
filing-question-save = Save the question
filing-question-edit-leave = Leave it as it is
filing-question-remove-ask = Remove the question "{ $label }"? The form does not ask it any more; answers in complaints that have come in stay.
filing-question-remove-do = Remove the question
filing-question-keep = Do not remove it
filing-question-remove = Remove

## Similar cases
filing-similar-title = Somebody may have told this already
filing-similar-note = If it is the same, you can just follow its progress. If not, send your complaint below.
filing-similar-read = Read the case
filing-similar-answered = answered
filing-follow-email = E-mail address for news
filing-follow-email-hint = We send one link to make sure that the address is right.
filing-follow-do = Just follow, do not send
filing-follow-asked = Open the link in your e-mail to begin to follow. Your text was not sent.
filing-mail-follow-confirm-subject = Follow this case?
filing-mail-follow-confirm-text = This address was given to follow a case of { $unit }:
filing-mail-follow-confirm-link = If you asked for that, open this link within 3 days. If not, do nothing:
filing-mail-follow-news-subject = News of the case that you follow
filing-mail-follow-news-text = The case of { $unit } that you follow was answered:
filing-mail-follow-news-link = Not following any more? Stop here:
filing-mail-follow-ended-subject = The case that you follow ended without an answer
filing-mail-follow-ended-text = The case of { $unit } that you follow has ended and will not be answered. If the same happens to you, you can send a complaint of your own.
filing-mail-follow-ended-link = Not following any more? Stop here:
filing-mail-follow-withdrawn-subject = The case that you follow was withdrawn
filing-mail-follow-withdrawn-text = The case of { $unit } that you follow was withdrawn by its complainant: it will not be answered, and its page is gone. If the same happens to you, you can send a complaint of your own.
filing-mail-follow-withdrawn-link = Not following any more? Stop here:
filing-contact-one-of = Give one of the two: an e-mail address or a telephone number.
filing-link-follow-title = Follow this case
filing-link-follow-text = You get an e-mail when the case is answered. Each has a link to stop.
filing-link-follow-do = Follow
filing-link-follow-done-title = You follow this case
filing-link-follow-done-text = We send its news by e-mail.
filing-link-unfollow-title = Stop following
filing-link-unfollow-text = You get no more e-mails about this case.
filing-link-unfollow-do = Stop following
filing-link-unfollow-done-title = You stopped following
filing-link-unfollow-done-text = Your address was removed.
complaint-event-followed = Somebody began or stopped to follow the public case

# Mails written to files.
mailbox-title = Sent e-mail
mailbox-lead = Here mails are written to files and do not leave. You read them as their recipients would.
mailbox-summary = { $count } mails, the latest on top
mailbox-filter = Recipient
mailbox-subject = Subject
mailbox-from = From
mailbox-to = To
mailbox-at = When
mailbox-files = Attachments
mailbox-none = There is no mail.
mailbox-complainant = the complainant (address not shown)
mailbox-hidden = the recipient (address not shown)

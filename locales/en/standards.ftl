# Service standards.
standards-component-requirements = Requirements
standards-component-procedure = System, mechanism and procedure
standards-component-lead-time = Time to completion
standards-component-fee = Fee
standards-component-product = What you get
standards-component-complaint-channels = Complaints, suggestions and input
standards-component-legal-basis = Legal basis
standards-component-facilities = Facilities and equipment
standards-component-competence = Competence of the staff
standards-component-internal-control = Internal supervision
standards-component-staff-count = Number of staff
standards-component-service-guarantee = Guarantee of service
standards-component-safety-guarantee = Guarantee of security and safety
standards-component-performance-evaluation = Evaluation of performance
standards-time-minutes = { $amount } { $amount ->
    [one] minute
   *[other] minutes
}
standards-time-hours = { $amount } { $amount ->
    [one] hour
   *[other] hours
}
standards-time-day24 = { $amount } × 24 hours
standards-time-working-days = { $amount } working { $amount ->
    [one] day
   *[other] days
}
standards-time-unbounded = until it is done
standards-bound-at-most = at most { $time }
standards-bound-at-least = no sooner than { $time }
standards-start-complete-file = from receipt of the complete file
standards-start-letter-in-person = after the letter is handed in at the office
standards-start-online-registration = from registration on the website
standards-start-form-filled = after the form is filled in
standards-start-letter-received = from receipt of the institution’s letter
standards-start-request-confirmed = after the request is confirmed by an officer
standards-title = Service standards
standards-lead = What each service asks for, how long it takes, what it costs and what you get. The standards themselves are in Indonesian.
standards-search = Find a service
standards-search-do = Search
standards-count = { $count } { $count ->
    [one] service
   *[other] services
}
standards-found = { $count } { $count ->
    [one] service contains
   *[other] services contain
} “{ $words }”
standards-show-all = Show all services
standards-none-title = No service standards yet
standards-none-text = This unit has not published its service standards here yet.
standards-not-found-title = No service matches
standards-not-found-text = Try a single word, such as KTP or data.
standards-fact-time = Time
standards-fact-fee = Fee
standards-fact-product = What you get
standards-free = Free of charge
standards-fee-unstated = Not named in the standard
standards-first = The main facts
standards-where-from = Basis
standards-decree = Decree No. { $number }, { $date }
standards-decree-unnumbered = { $title }. The source names neither number nor date of a decree.
standards-valid-from = In force since { $date }, version { $version }.
standards-undated = The source does not say since when this standard is in force.
standards-start-unstated = The standard does not say from when this counts.
standards-in-decree = The words of the standard
standards-behind = Behind this service
standards-behind-text = The eight other components: how this office keeps its promise.
standards-complain-title = Not served to the standard?
standards-complain-text = File a complaint about this service. No account is needed, and you need not give your name.
standards-complain-do = File a complaint
standards-channel-phone = Telephone
standards-channel-whatsapp = WhatsApp
standards-channel-email = E-mail
standards-channel-suggestion-box = Suggestion box
standards-channel-sp4n-lapor = SP4N-LAPOR!
standards-channel-walk-in = In person
standards-channel-website-form = Website
standards-channel-instagram = Instagram
standards-other-units = Other units
standards-choose-unit = Choose the office you want to see.
standards-charter-title = Service charter
standards-charter-link = Read the service charter
standards-charter-note = The service charter is the promise of the head of the office to serve the public to the standard.
standards-see-all = See the service standards

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

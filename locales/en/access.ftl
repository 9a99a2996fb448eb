# Staff sign-in.
access-sign-in-title = Staff sign-in
access-sign-in-lead = For staff who handle complaints, forums and action plans.
access-sign-in-email = Work e-mail
access-sign-in-password = Password
access-sign-in-do = Sign in
access-sign-in-forgot = Forgot your password
access-sign-in-citizen = You do not need to sign in to make a complaint.
access-sign-in-citizen-link = Make a complaint

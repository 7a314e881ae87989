"""The door that tells who somebody is: sign-in, second factors, sessions and the profile."""

"""Where this door answers. allauth finds its views by these names; what is not named here does not exist."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from . import entrance, factor_changes, forms, language, passwords, profile, proofs, security, sessions
from .proofs import fresh

by_code = entrance.CodeEntrance.as_view()

urlpatterns = [
    path("profile/", profile.profile, name="profile"),
    path("language/", language.choose, name="language"),
    # In and out.
    path("account/login/", by_code, name="account_login"),
    path("account/login/", by_code, name="account_request_login_code"),
    path("account/login/code/", entrance.CodeConfirmation.as_view(), name="account_confirm_login_code"),
    path("account/login/password/", entrance.PasswordEntrance.as_view(), name="sign_in_password"),
    path("account/login/passkey/", entrance.PasskeyEntrance.as_view(), name="mfa_login_webauthn"),
    path(
        "account/login/second-step/",
        mfa.AuthenticateView.as_view(
            form_class=forms.SecondStep, webauthn_form_class=forms.SecondStepPasskey
        ),
        name="mfa_authenticate",
    ),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    # How somebody gets in.
    path("account/", security.overview, name="sign_in_security"),
    path("account/", security.overview, name="mfa_index"),
    path("account/", security.overview, name="mfa_list_webauthn"),
    path("account/password/", passwords.choose, name="account_set_password"),
    path("account/password/", passwords.choose, name="account_change_password"),
    path("account/password/removal/", passwords.remove, name="sign_in_password_removal"),
    path("account/app/", fresh(factor_changes.AppAddition.as_view()), name="mfa_activate_totp"),
    path("account/app/removal/", fresh(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/passkeys/new/", fresh(factor_changes.PasskeyAddition.as_view()), name="mfa_add_webauthn"),
    path(
        "account/passkeys/<int:pk>/removal/",
        fresh(factor_changes.PasskeyRemoval.as_view()),
        name="mfa_remove_webauthn",
    ),
    path("account/codes/", fresh(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "account/codes/new/",
        fresh(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("account/sessions/<int:number>/removal/", sessions.end_one, name="sign_in_session_removal"),
    path("account/sessions/others/removal/", sessions.end_others, name="sign_in_other_sessions_removal"),
    # Proving to be still oneself.
    path("account/proof/code/", proofs.ProveByCode.as_view(), name="sign_in_prove"),
    path(
        "account/proof/password/",
        account.ReauthenticateView.as_view(form_class=forms.ProvePassword),
        name="account_reauthenticate",
    ),
    path(
        "account/proof/app/",
        mfa.ReauthenticateView.as_view(form_class=forms.ProveSecondStep),
        name="mfa_reauthenticate",
    ),
    path(
        "account/proof/passkey/",
        webauthn.ReauthenticateWebAuthnView.as_view(form_class=forms.ProvePasskey),
        name="mfa_reauthenticate_webauthn",
    ),
]

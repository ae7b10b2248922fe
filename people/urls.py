"""Addresses of people: log in, account, invitations, notifications."""

from django.conf import settings
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import path, reverse_lazy

from people.forms.accounts import ChangePasswordForm, ForgottenForm, NewPasswordForm
from people.views import accounts, network, own_data, persons, texts

app_name = "people"
urlpatterns = [
    path("login/", accounts.Login.as_view(), name="login"),
    path("login/still/", accounts.still_here, name="still_here"),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
    path("account/", accounts.account, name="account"),
    path("account/copy/", own_data.own_copy, name="own_copy"),
    path("account/removal/", own_data.removal, name="removal"),
    path("notifications/", accounts.notifications, name="notifications"),
    path("invitations/<str:token>/", accounts.welcome, name="accept_invitation"),
    path("texts/", texts.texts, name="texts"),
    path("method/", accounts.method, name="method"),
    path("privacy/", accounts.privacy, name="privacy"),
    path("network/", network.network, name="network"),
    path("network/new-city/", network.city, name="network_new_city"),
    path("network/new-group/", network.group, name="network_new_group"),
    path("network/cities/<slug:slug>/", network.city, name="network_city"),
    path("network/groups/<slug:slug>/", network.group, name="network_group"),
    path("network/people/", persons.people, name="people"),
    path("network/people/<int:pk>/", persons.person, name="person"),
    path("network/people/<int:pk>/remove/", persons.remove, name="remove_person"),
    path(
        "account/password/",
        auth.PasswordChangeView.as_view(
            form_class=ChangePasswordForm,
            template_name="people/password_change.html",
            success_url=reverse_lazy("people:password_changed"),
        ),
        name="password_change",
    ),
    path(
        "account/password/done/",
        auth.PasswordChangeDoneView.as_view(template_name="people/password_changed.html"),
        name="password_changed",
    ),
    path(
        "password/",
        login_not_required(
            auth.PasswordResetView.as_view(
                form_class=ForgottenForm,
                template_name="people/password_reset.html",
                email_template_name="people/password_reset.txt",
                subject_template_name="people/password_reset_subject.txt",
                extra_email_context={"public_url": settings.PUBLIC_URL},
                success_url=reverse_lazy("people:password_sent"),
            )
        ),
        name="password_reset",
    ),
    path(
        "password/sent/",
        login_not_required(auth.PasswordResetDoneView.as_view(template_name="people/password_sent.html")),
        name="password_sent",
    ),
    path(
        "password/<uidb64>/<token>/",
        login_not_required(
            auth.PasswordResetConfirmView.as_view(
                form_class=NewPasswordForm,
                template_name="people/password_new.html",
                success_url=reverse_lazy("people:login"),
            )
        ),
        name="password_new",
    ),
]

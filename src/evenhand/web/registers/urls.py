"""Addresses of the registers' pages."""

from __future__ import annotations

from django.urls import path

from evenhand.web.views import about_me, colleagues, organisation, registers, ways_in

urlpatterns = [
    path("settings/", colleagues.index, name="settings"),
    path("settings/colleagues/", colleagues.colleagues, name="colleagues"),
    path("settings/colleagues/new/", colleagues.new_colleague, name="new_colleague"),
    path("settings/colleagues/<str:who>/", colleagues.colleague, name="colleague"),
    path("settings/colleagues/<str:who>/name/", colleagues.rename, name="colleague_name"),
    path("settings/colleagues/<str:who>/switch/", colleagues.switch, name="colleague_switch"),
    path("settings/colleagues/<str:who>/second-factor/", colleagues.second_factor, name="colleague_second_factor"),
    path("settings/colleagues/<str:who>/connection/<int:row>/drop/", colleagues.drop_connection, name="colleague_drop"),
    path("settings/colleagues/<str:who>/<slug:relation>/add/", colleagues.add_tie, name="colleague_add"),
    path("settings/colleagues/<str:who>/<slug:relation>/<int:row>/end/", colleagues.end_tie, name="colleague_end"),
    *ways_in.urls,
    *organisation.urls,
    path("settings/teams/", colleagues.teams, name="teams"),
    path("settings/teams/new/", colleagues.new_team, name="new_team"),
    path("settings/roles/", colleagues.roles, name="roles"),
    path("settings/roles/<slug:code>/", colleagues.role, name="role"),
    path("settings/homes/", registers.homes, name="homes"),
    path("settings/homes/new/", registers.new_home, name="new_home"),
    path("settings/homes/<slug:uprn>/", registers.home, name="home_register"),
    path("settings/customers/new/", registers.new_customer, name="new_customer"),
    path("person/<str:who>/details/", registers.details, name="details"),
    path("person/<str:who>/details/edit/", registers.edit, name="details_edit"),
    path("person/<str:who>/details/<slug:relation>/add/", registers.add_tie, name="details_add"),
    path("person/<str:who>/details/<slug:relation>/<int:row>/end/", registers.end_tie, name="details_end"),
    path("account/me/", about_me.me, name="me"),
    path("account/me/<slug:relation>/add/", about_me.add_mine, name="me_add"),
    path("account/me/deputy/<int:row>/end/", about_me.end_mine, name="me_end"),
]

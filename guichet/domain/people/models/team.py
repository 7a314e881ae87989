from django.db import models

from .person import Person


class Team(models.Model):
    """Agents who share requests. Unless a team is `shared`, only its members and leads see its requests."""

    name = models.CharField(max_length=80, unique=True)
    shared = models.BooleanField(default=False)
    members = models.ManyToManyField(Person, through="TeamMembership", related_name="teams")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="team_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class TeamMembership(models.Model):
    team = models.ForeignKey(Team, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "person"], name="team_member_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in team {self.team_id}"

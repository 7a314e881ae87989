from django.urls import path

from . import demo_answers

app_name = "demo_answers"

urlpatterns = [path("<int:captured_id>/answers/", demo_answers.create, name="create")]

from pesue.people.forms.joining import AcceptForm as AcceptForm
from pesue.people.forms.joining import AskForm as AskForm
from pesue.people.forms.own import PauseForm as PauseForm
from pesue.people.forms.own import SettingsForm as SettingsForm
from pesue.people.forms.welcome import WelcomeForm as WelcomeForm

from pesue.surveys.forms.asked import AnswerForm, SurveyForm

__all__ = ["AnswerForm", "SurveyForm"]

from pesue.guidance.views.old import old_act as old_act
from pesue.guidance.views.old import old_guideline as old_guideline
from pesue.guidance.views.old import old_guidelines as old_guidelines
from pesue.guidance.views.old import old_publish as old_publish
from pesue.guidance.views.writing import drop as drop
from pesue.guidance.views.writing import follow as follow
from pesue.guidance.views.writing import guidance as guidance
from pesue.guidance.views.writing import write as write

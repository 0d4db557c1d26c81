from pesue.guidance.views.writing import drop as drop
from pesue.guidance.views.writing import follow as follow
from pesue.guidance.views.writing import guidance as guidance
from pesue.guidance.views.writing import write as write

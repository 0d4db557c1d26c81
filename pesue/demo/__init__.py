"""An invented company with twelve weeks behind it, lived by the real actions.

Everything in it is made up; its networks and its addresses reach nobody.
"""

from pesue.demo.build import NotEmpty as NotEmpty
from pesue.demo.build import build as build

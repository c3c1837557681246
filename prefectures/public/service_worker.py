"""The script that shows copies of pages without a network (decision 0035, kept on the phone).

It has no language and no name made of its content: browsers look at its address for another one.
"""

from django.shortcuts import render

from .pages import kept_page


@kept_page
def service_worker(request):
    return render(request, "sw.js", content_type="text/javascript; charset=utf-8")

def association(request):
    return {}

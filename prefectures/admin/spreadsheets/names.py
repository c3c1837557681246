def view_name(opts, action):
    """Return the name of a screen's view: "prefectures_procedure_export"."""
    return f"{opts.app_label}_{opts.model_name}_{action}"

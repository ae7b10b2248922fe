"""The self-assessment outside of the browser: forms to fill in offline, their way back, and exports.

Written are Word (`docx_form`) and spreadsheet forms (`xlsx_form`) from one `plan`; what comes back is read in a worker
(`jobs`), matched to the questions (`matching`) and waits beside what is there until somebody decides.
"""

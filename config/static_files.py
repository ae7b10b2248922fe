"""Static files in production: each under a name with its hash, compressed, and kept by browsers for good."""

from whitenoise.storage import CompressedManifestStaticFilesStorage as Hashed

_IMPORTS = Hashed._js_module_import_aggregation_patterns[1]  # Django's own, switched on for our scripts only


class StaticFiles(Hashed):  # type: ignore[misc] # WhiteNoise brings no types
    """Also for scripts that import scripts: those are asked for by the names with hashes too.

    Django would read the scripts of packages as well, and stumble over an `import` in a comment.
    """

    patterns = (*Hashed.patterns, ("js/*.js", _IMPORTS))

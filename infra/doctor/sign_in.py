"""What the doctor thinks of signing in with the organisation's account."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignIn:
    """How staff sign in, as it is deployed."""

    issuer: str
    """Empty where there is no sign-in service."""
    client: str
    fault: str
    """What is wrong with what the service says of itself; empty where nothing is."""
    secret: str
    """How SSM keeps the desk's secret: String, SecureString, or empty where there is none."""
    mailed: bool

    @property
    def advice(self) -> str:
        """Say what to mend; nothing where all is well."""
        if self.issuer and not self.client:
            return "deploy with SignInClient, the client id that the sign-in service gave to Kursdag"
        if self.fault:
            return f"nobody can sign in with an account: {self.fault}. Compare SignInIssuer with its .well-known/openid-configuration"
        if self.issuer and self.secret not in ("", "SecureString"):
            return "the sign-in service's secret lies in SSM in the clear: have a new one made, and store it as a SecureString"
        return ""

    @property
    def standing(self) -> str:
        """Say how staff sign in."""
        if not self.issuer:
            return "by mailed links"
        shown = "with a secret" if self.secret else "without a secret"
        return f"with accounts of {self.issuer}, {shown}; by mailed links {'too' if self.mailed else 'no longer'}"

namespace TaskMatrix.App.Organisations;

/// <summary>Whether units that come later get their demo accounts at once.</summary>
public sealed class DemoMode
{
    /// <summary>Of the one demo password, made when an account needs it; null outside the demo.</summary>
    public Lazy<string>? PasswordHash { get; set; }
}

namespace TaskMatrix.App.Organisations;

/// <summary>Whether units that come later get their demo accounts at once.</summary>
public sealed class DemoMode
{
    /// <summary>Of the one demo password; null outside the demo.</summary>
    public string? PasswordHash { get; set; }
}

namespace TaskMatrix.App.Notifications;

/// <summary>What the operator of the machine says about messages that leave it.</summary>
public sealed record NotificationOptions
{
    /// <summary>Mail server; null: no mail is sent and no channel of mail can be made.</summary>
    public SmtpOptions? Smtp { get; init; }

    /// <summary>Robots on loopback, private and link-local addresses, and by plain http, are allowed. Default: refused.</summary>
    public bool AllowPrivateNetworks { get; init; }

    /// <summary>Messages of an exercise leave the machine. Default: they stay.</summary>
    public bool SendInExercise { get; init; }

    /// <summary>Own address for links in messages: <c>https://host</c>; null: messages name the task and carry no link.</summary>
    public string? PublicAddress { get; init; }

    /// <summary>How long one attempt may take. Default 20 s; well below the lease of a claim, so that it is settled before another node tries.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The page at that path as others reach it; null without <see cref="PublicAddress"/>.</summary>
    public string? Link(string path) => PublicAddress is { } address ? address.TrimEnd('/') + path : null;
}

/// <summary>The mail server that takes our mail.</summary>
public sealed record SmtpOptions
{
    public required string Host { get; init; }

    /// <summary>Default 587 (submission).</summary>
    public int Port { get; init; } = 587;

    /// <summary>Asks the server for TLS (STARTTLS) and sends nothing without it. Default on.</summary>
    public bool StartTls { get; init; } = true;

    /// <summary>Null: the server asks for none.</summary>
    public string? UserName { get; init; }

    public string? Password { get; init; }

    /// <summary>Address that the mail comes from.</summary>
    public required string From { get; init; }
}

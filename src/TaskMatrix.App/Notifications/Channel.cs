namespace TaskMatrix.App.Notifications;

/// <summary>How messages leave the program.</summary>
public static class ChannelKind
{
    public const string Mail = "mail", WeCom = "wecom", DingTalk = "dingtalk", Feishu = "feishu";

    public static readonly IReadOnlyList<string> All = [Mail, WeCom, DingTalk, Feishu];
}

/// <summary>Where the messages of one recipient also go. Set by the system administrator of the jurisdiction.</summary>
public sealed class Channel
{
    public required Guid Id { get; init; }

    public required string Jurisdiction { get; init; }

    /// <summary>A recipient: office, leader, inspector or unit:…; what is for a head goes to the channels of the unit.</summary>
    public required string Address { get; init; }

    /// <summary>A <see cref="ChannelKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The mail address or the robot's address, protected: a robot's address lets anybody write in its group.</summary>
    public required string ProtectedTarget { get; init; }

    /// <summary>The signing secret, protected; null where there is none.</summary>
    public string? ProtectedSecret { get; init; }

    /// <summary>What may be shown of the target: the host, or the mail address with its name masked.</summary>
    public required string Shown { get; init; }

    /// <summary>zh-CN or en: the language of what is sent.</summary>
    public required string Language { get; init; }

    public required string MadeBy { get; init; }

    public required DateTimeOffset MadeAt { get; init; }
}

/// <summary>One message on its way through one channel, tried until it arrives or is set aside.</summary>
public sealed class Delivery
{
    /// <summary>Goes along with every attempt, so that the receiver can drop what came twice.</summary>
    public required Guid Id { get; init; }

    public required Guid MessageId { get; init; }

    public required Guid ChannelId { get; init; }

    public required string Jurisdiction { get; init; }

    public required string Address { get; init; }

    public required string Kind { get; init; }

    /// <summary>What may be shown of where it goes.</summary>
    public required string Shown { get; init; }

    /// <summary>The next attempt, or while one is under way when it counts as lost; once settled, when that was. Domain time.</summary>
    public required DateTimeOffset DueAt { get; set; }

    public DeliveryState State { get; set; } = DeliveryState.Waiting;

    public int Attempts { get; set; }

    /// <summary>Why the last attempt failed; never holds a secret.</summary>
    public string? LastError { get; set; }
}

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState
{
    Waiting,
    Arrived,

    /// <summary>Given up after <see cref="Engine.Notifications.BackOff.MostAttempts"/> attempts until somebody retries it.</summary>
    SetAside,

    /// <summary>Its channel was taken away before it arrived.</summary>
    Withdrawn,
}

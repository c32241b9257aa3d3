using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Organisations;

/// <summary>A person chooses the language of the pages.</summary>
public static class SetLanguage
{
    /// <param name="Language">zh-CN or en.</param>
    public sealed record Command(string Language) : IRequest<string>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Language).Must(language => language is "zh-CN" or "en").WithErrorCode("language.unknown");
    }

    internal sealed class Handler(Session session, CurrentUser user) : IRequestHandler<Command, string>
    {
        public async Task<string> Handle(Command command, CancellationToken ct)
        {
            var account = await session.Db.Accounts.AsTracking().SingleAsync(account => account.UserName == user.Actor.UserName, ct);
            return account.Language = command.Language;
        }
    }
}

using FluentValidation;
using FluentValidation.Results;
using MediatR;

namespace TaskMatrix.App.Storage;

/// <summary>Refuses a malformed request before anything is read or locked.</summary>
internal sealed class ValidationBehaviour<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next)
    {
        List<ValidationFailure> failures = [.. validators.SelectMany(validator => validator.Validate(request).Errors)];
        return failures.Count > 0 ? throw new ValidationException(failures) : next();
    }
}

using System.Runtime.InteropServices;

namespace Rubato.Torch;

/// <summary>What kind of failure libtorch reported.</summary>
public enum TorchErrorKind
{
    /// <summary>No failure; never carried by an exception.</summary>
    None = 0,

    /// <summary>An index is out of its range.</summary>
    Index = 1,

    /// <summary>An argument has a wrong type.</summary>
    Type = 2,

    /// <summary>An argument has a wrong value.</summary>
    Value = 3,

    /// <summary>The operator has no implementation for these arguments.</summary>
    NotImplemented = 4,

    /// <summary>The device has not enough memory.</summary>
    OutOfMemory = 5,

    /// <summary>Any other error of libtorch: shapes that do not fit, an unknown operator, a failed check.</summary>
    Failure = 6,

    /// <summary>An error from below libtorch.</summary>
    Other = 7,

    /// <summary>The engine's native library is missing or cannot be loaded.</summary>
    NotInstalled = 8,
}

/// <summary>A call into libtorch failed. The message names the operator and the cause; nothing was computed.</summary>
/// <remarks>Immutable.</remarks>
public sealed class TorchException : Exception
{
    /// <summary>Reports a failure.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="operation">The operator or function, e.g. <c>aten::conv2d</c>.</param>
    /// <param name="cause">What libtorch said.</param>
    /// <param name="innerException">The cause as an exception; null for none.</param>
    internal TorchException(TorchErrorKind kind, string operation, string cause, Exception? innerException = null)
        : base($"{operation}: {cause}", innerException)
    {
        Kind = kind;
        Operation = operation;
        Cause = cause;
    }

    /// <summary>
    /// The failure of a call through TorchSharp. TorchSharp passes on libtorch's message without a kind, so the kind follows from its
    /// words.
    /// </summary>
    /// <param name="exception">What TorchSharp threw.</param>
    /// <param name="operation">What was done, such as <c>training</c>.</param>
    /// <returns>The failure, with libtorch's first line as its cause.</returns>
    internal static TorchException From(ExternalException exception, string operation)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var cause = exception.Message.Split('\n')[0].Trim();
        return new TorchException(KindOf(cause), operation, cause, exception);
    }

    /// <summary>The kind of failure.</summary>
    public TorchErrorKind Kind { get; }

    /// <summary>The operator or function that failed.</summary>
    public string Operation { get; }

    /// <summary>What libtorch said.</summary>
    public string Cause { get; }

    private static TorchErrorKind KindOf(string cause) =>
        Says(cause, "can't allocate memory") || Says(cause, "out of memory") ? TorchErrorKind.OutOfMemory
        : Says(cause, "out of range") || Says(cause, "out of bounds") ? TorchErrorKind.Index
        : Says(cause, "not implemented for") || Says(cause, "Could not run") ? TorchErrorKind.NotImplemented
        : TorchErrorKind.Failure;

    private static bool Says(string cause, string words) => cause.Contains(words, StringComparison.OrdinalIgnoreCase);
}

using Rubato.Torch;

namespace Rubato.Cli.Console;

/// <summary>An unforeseen exception as one sentence.</summary>
internal static class Failure
{
    /// <summary>The sentence.</summary>
    /// <param name="exception">What was thrown; a wrapper without news of its own is looked through.</param>
    /// <returns>The first line of the message, and how to learn more.</returns>
    internal static string Sentence(Exception exception)
    {
        while (exception is TypeInitializationException or AggregateException { InnerExceptions.Count: 1 }
            && exception.InnerException is { } cause)
        {
            exception = cause;
        }

        var line = exception.Message
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault("no message");
        if (exception is TorchException { Kind: TorchErrorKind.OutOfMemory })
        {
            // As in a finding, the library names a setting, and here it gets its flag.
            line = line.Replace(nameof(TrainerSettings.MicroBatch), "--micro-batch", StringComparison.Ordinal);
        }

        return $"{line.TrimEnd('.')} ({exception.GetType().Name}; --verbose shows the details).";
    }
}

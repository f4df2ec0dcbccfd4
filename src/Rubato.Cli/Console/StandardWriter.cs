using System.Text;

namespace Rubato.Cli.Console;

/// <summary>
/// A standard stream of the process. If it is closed, or its disk is full, the exception says neither that it was meant nor what to do.
/// </summary>
/// <param name="inner">The stream's writer.</param>
/// <param name="failed">What is done about an exception of it; what it throws in turn goes on.</param>
/// <remarks>Not safe for use by several threads, as <see cref="System.Console.SetOut"/> makes it.</remarks>
internal sealed class StandardWriter(TextWriter inner, Action<Exception> failed) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Standard output: what a person or a program waits for, so that the command ends.</summary>
    /// <param name="inner">The stream's writer.</param>
    /// <returns>A writer whose failures are an <see cref="InvalidInputException"/>.</returns>
    internal static StandardWriter ForOutput(TextWriter inner) => new(inner, exception => throw new InvalidInputException(
        new Finding("standard output", null, $"cannot be written: {Reason(exception)}", "send it to a file, or to /dev/null"), exception));

    /// <summary>
    /// Standard error: there is no place where its failures could be told, and the exit code still tells how the command ended.
    /// </summary>
    /// <param name="inner">The stream's writer.</param>
    /// <returns>A writer that loses what cannot be written.</returns>
    internal static StandardWriter ForErrors(TextWriter inner) => new(inner, _ => { });

    /// <inheritdoc/>
    public override void Write(char value) => Do(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(string? value) => Do(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Do(() => inner.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Do(() => inner.WriteLine(value));

    /// <inheritdoc/>
    public override void Flush() => Do(inner.Flush);

    // The system's number for a closed stream is reported as a file that may not be written.
    private static string Reason(Exception exception) =>
        exception is UnauthorizedAccessException ? "it is closed" : exception.Message.TrimEnd('.');

    private void Do(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            failed(exception);
        }
    }
}

namespace Rubato;

/// <summary>
/// Something the user wrote (a setting, a file, an expression, a plan) cannot be used. Each finding says the name, the value, the rule and
/// the remedy; all findings of one input are reported together.
/// </summary>
/// <remarks>
/// The message has one sentence a line. The command <c>rubato</c> prints the findings and ends with exit code 2. Immutable and safe for use
/// by several threads.
/// </remarks>
public sealed class InvalidInputException : Exception
{
    /// <summary>Reports one finding.</summary>
    /// <param name="finding">What is wrong; a plain sentence converts.</param>
    /// <param name="innerException">The cause, for a debugger.</param>
    public InvalidInputException(Finding finding, Exception? innerException = null)
        : this([finding], innerException)
    {
    }

    /// <summary>Reports all findings of one input.</summary>
    /// <param name="findings">At least one.</param>
    /// <param name="innerException">The cause, for a debugger.</param>
    /// <exception cref="ArgumentException"><paramref name="findings"/> is empty.</exception>
    public InvalidInputException(IReadOnlyList<Finding> findings, Exception? innerException = null)
        : base(findings.Count == 0 ? "" : string.Join('\n', findings), innerException)
    {
        if (findings.Count == 0)
        {
            throw new ArgumentException("An InvalidInputException needs at least one finding.", nameof(findings));
        }

        Findings = [.. findings];
    }

    /// <summary>The findings in the order in which they stand in the input.</summary>
    public IReadOnlyList<Finding> Findings { get; }
}

using Rubato.Runs.Records;
using Rubato.Torch;

namespace Rubato.Cli.Display;

/// <summary>Which epochs get a line of their own: the last, and others a second or more after the line before.</summary>
/// <remarks>The clock is that of the records. Not safe for use by several threads.</remarks>
internal sealed class EpochLines
{
    // Faster ones nobody can read; files of the run folder have every epoch.
    private const double Seconds = 1;
    private double _last;

    /// <summary>Whether an epoch gets a line; if so, the next one counts from it.</summary>
    internal bool Take(EpochRecord epoch, RunDescription run)
    {
        if (epoch.Epoch < run.Epochs && epoch.Seconds - _last < Seconds)
        {
            return false;
        }

        _last = epoch.Seconds;
        return true;
    }
}

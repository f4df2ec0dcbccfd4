using Rubato.Runs.Records;
using Rubato.Torch;
using Rubato.Torch.Verifying;

namespace Rubato.Cli.Display;

/// <summary>
/// Whole lines for a file or a pipe: the start, one whenever the test set was classified, and one whenever 10 seconds have passed between
/// them.
/// </summary>
internal sealed class PlainVerify(TextWriter writer, TimeProvider time) : Listener
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private VerifyDescription? _description;
    private long _lastLine;

    public override void OnEvent(TrainingEvent happened)
    {
        switch (happened)
        {
            case VerifyDescription description:
                _description = description;
                Write(VerifyText.Start(description));
                break;
            case VerifiedPoint point when _description is not null && time.GetElapsedTime(_lastLine) >= Interval:
                Write(VerifyText.Point(point, _description));
                break;
            case VerifiedAccuracy accuracy:
                Write(VerifyText.Accuracy(accuracy));
                break;
        }
    }

    private void Write(string text)
    {
        _lastLine = time.GetTimestamp();
        writer.WriteLine(text);
        writer.Flush();
    }
}

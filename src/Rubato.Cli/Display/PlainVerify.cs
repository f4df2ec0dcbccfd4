using Rubato.Runs.Records;
using Rubato.Torch;

namespace Rubato.Cli.Display;

/// <summary>
/// Whole lines for a file or a pipe: the start, one whenever the test set was classified, and one whenever 10 seconds have passed between
/// them.
/// </summary>
internal sealed class PlainVerify(TextWriter writer, TimeProvider time) : Listener
{
    private readonly PlainLines _lines = new(writer, time);
    private VerificationDescription? _description;

    public override void OnEvent(TrainingEvent happened)
    {
        switch (happened)
        {
            case VerificationDescription description:
                _description = description;
                _lines.Write(VerifyText.Start(description));
                break;
            case VerifiedPoint point when _description is not null && _lines.IsDue:
                _lines.Write(VerifyText.Point(point, _description));
                break;
            case VerifiedAccuracy accuracy:
                _lines.Write(VerifyText.Accuracy(accuracy));
                break;
        }
    }
}

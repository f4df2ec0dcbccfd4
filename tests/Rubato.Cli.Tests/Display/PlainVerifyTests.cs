using Rubato.Cli.Display;
using Rubato.Torch;

namespace Rubato.Cli.Tests.Display;

public sealed class PlainVerifyTests
{
    [Fact]
    public void OnPoint_LongRun_ALineEveryTenSeconds()
    {
        using var writer = new StringWriter();
        var time = new ManualTime();
        var display = new PlainVerify(writer, time);
        display.OnEvent(ScriptedVerify.Description);
        for (var i = 1; i <= 25; i++)
        {
            time.Seconds++;
            display.OnEvent(new VerifiedPoint(i, 2, 0, 1e-14, 1e-14, 1e-13));
        }

        display.OnEvent(new VerifiedAccuracy(0.5, 25, 0.5, 0.25, 0.125));
        Assert.Equal(
            """
            data       glyphs: 12,000 training samples
            network    mlp(16, norm batch): 1,000 parameters
            optimizer  sgd: learning rate constant(0.1), at most 60 updates
            rewrite    exponential: 900 of 1,000 parameters grow in place of weight decay; three times as long, they change the loss by 1.5e-16
            compared   float64: outputs for 256 test samples with those of the plan with weight decay; 1e-8 is allowed
            update 10 of 60  loss 2.0000  difference 1e-14  rounding alone 1e-13
            update 20 of 60  loss 2.0000  difference 1e-14  rounding alone 1e-13
            epoch 0.5  update 25  accuracy 50.00 %, rewritten 25.00 %, rounded differently 12.50 %

            """,
            writer.ToString());
    }
}

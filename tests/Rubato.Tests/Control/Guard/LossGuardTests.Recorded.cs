using System.Globalization;
using Rubato.Control;

namespace Rubato.Tests.Control;

/// <summary>Losses and norms of gradients as guarded trainings once had them, what came after each rollback among them: what is decided of them is the same on any processor.</summary>
public sealed partial class LossGuardTests
{
    /// <summary>Updates in the run, loss/norm of each, and what is decided after which of them.</summary>
    public static TheoryData<long, string, string> Recorded => new()
    {
        // SGD at a rate of 5, an MLP with 32 hidden units: exploded three times.
        {
            63,
            """
            2.335/2.08 2.387/2.18 10.25/14.1 275.5/94.4 2.31/2.07 2.578/2.92 5.264/7.8 19.36/20.1 2.318/1.8 2.295/1.91 2.532/2.36 2.536/2.87
            2.151/2.65 3.748/5.62 2.686/3.14 3.042/4.78 8.544/11.5 2.264/2.16 2.345/1.9 2.291/1.8 2.521/2.45 2.319/2.08 2.34/2.2 2.374/2.19 2.276/1.81
            2.258/2.1 2.435/2.45 2.238/1.69 2.339/1.94 1.955/1.65 2.114/1.79 2.064/1.77 2.046/1.96
            """,
            "4 lost, 8 lost, 17 lost, 30 keep, 32 keep"
        },
        // AdamW at a rate of 0.1, the same network.
        {
            63,
            """
            2.303/2.15 2.405/2.12 2.645/5.12 8.321/16.2 2.301/2.27 2.823/3.38 2.975/4.25 2.652/3.79 4.969/8.48 2.307/2.05 2.304/2.02 2.341/2.1
            2.474/2.81 2.327/2.23 2.574/2.39 2.436/2.36 1.99/2.57 2.297/2.15 2.574/2.41 2.25/2.7 2.381/2.65 2.215/2.86 2.255/2.61 2.155/2 2.014/1.9
            2.302/2.41 2.132/2.47 1.904/2.19 2.166/2.03
            """,
            "4 lost, 9 lost, 25 keep, 28 keep"
        },
        // SGD at a rate of 1000, nine updates.
        {
            9,
            """
            2.35/2 3.054e5/4.86e+03 2.316/2.02 4.598e4/1.93e+03 2.299/1.99 1841/350 2.344/1.91 28.76/37.9 2.327/2.06
            """,
            "2 lost, 4 lost, 6 lost, 8 lost"
        },
        // SGD at a rate of 30, batch normalization: exploded, crept up, and died; the fourth try learns.
        {
            75,
            """
            2.377/3.41 8.677/3.8 101.5/14.7 2.443/3.37 2.528/0.675 2.536/0.668 2.507/0.5 2.889/0.935 3.479/0.959 3.686/1.11 2.441/3.76 2.493/0.895
            2.299/0.55 2.474/0.67 2.422/0.485 2.201/0.318 2.331/0.266 2.37/0.215 2.314/0.181 2.604/0.324 2.226/0.253 2.588/0.554 2.606/0.299
            2.491/0.198 2.566/0.473 2.418/3.35 2.401/3.2 2.281/2.74 2.271/2 2.126/1.65 2.094/1.08 2.125/0.898 2.212/0.852 2.16/0.653 2.025/0.594
            2.069/0.654 2.11/0.577 2.08/0.619 2.006/0.584 1.881/0.524 2.098/0.617 1.879/0.565
            """,
            "3 lost, 10 lost, 25 dead, 40 keep, 42 keep"
        },
    };

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Observe_RecordedTraining_GoesBackWhereItWasLost(long updates, string seen, string expected)
    {
        var guard = new LossGuard(updates);
        var state = guard.InitialState;
        var decided = new List<string>();
        foreach (var (index, update) in seen.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Index())
        {
            var numbers = update.Split('/').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToList();
            var before = state.Scale;
            state = guard.Observe(numbers[0], numbers[1], state);
            if (state.Decision != Continue)
            {
                decided.Add($"{index + 1} {NameOf(state.Decision, state.Scale / before)}");
            }
        }

        Assert.Equal(expected, string.Join(", ", decided));

        string NameOf(GuardDecision decision, double cut) => decision switch
        {
            Keep => "keep",
            Restart => "restart",
            _ when Math.Abs(cut - guard.Cut) < 1e-12 => "lost",
            _ when Math.Abs(cut - guard.StuckCut) < 1e-12 => "stuck",
            _ => "dead",
        };
    }
}

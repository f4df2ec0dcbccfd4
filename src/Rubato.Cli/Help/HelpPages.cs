using System.Text;
using Rubato.Cli.Settings;

namespace Rubato.Cli.Help;

/// <summary>The help pages, as text of at most 80 columns where no example is longer.</summary>
internal static class HelpPages
{
    private const string Rubato =
        """
        rubato: trains neural networks and chooses their learning rate.

        Usage: rubato COMMAND [FLAGS]

        Start here:
          rubato train                          trains on the built-in data set

        Commands:
          train                 Trains a network and keeps the run in a folder.
          find                  Finds the learning rates between which it trains.
          plan                  Draws schedules and counts their updates.
          verify                Runs a plan and its exponential form side by side.
          replay                Says what a controller decides on given losses.
          noise                 Draws the noise scale that was measured over a run.
          rates                 Draws the learning and effective rates of runs.
          data get              Downloads a data set.

        Flags of every command:
          --help                This page, or that of a command: rubato train --help,
                                and all its flags: rubato train --help --verbose
          --verbose             Errors with all details; also by RUBATO_DEBUG=1.
          --version             Prints the version (without a command).

        Exit codes:
          0    done
          1    failed while it worked; of find, no clear answer; of verify, a
               claim that does not hold, or of which nothing can be said
          2    a flag, a file or a value cannot be used; nothing was written
          130  interrupted by Ctrl-C (143 by SIGTERM): the run folder is complete,
               and train --resume goes on

        """;

    private const string DataGet =
        """
        rubato data get: downloads a data set, and checks that it is what was published.

        Usage: rubato data get SET DIR [--from ADDRESS]

        Examples:
          rubato data get mnist data/mnist
          rubato data get cifar10 data/cifar10 --from https://example.org/mirror/

          SET                   mnist, fashion-mnist, cifar10 or cifar100.
          DIR                   The folder to put the files into; made where missing.
          --from ADDRESS        Another address of a folder with the same files.
                                Default: the official one.
                                Example: --from https://example.org/mnist/
          --verbose             Errors with all details; also by RUBATO_DEBUG=1.
                                Default: off. Example: --verbose

        An interrupted download goes on where it stopped when the command is repeated;
        what is complete already is not fetched again.

        """;

    private const string TrainHead =
        """
        rubato train: trains a network and keeps the run in a folder.

        Usage: rubato train [FLAGS]

        Examples:
          rubato train
          rubato train --data mnist:data/mnist --network "mlp(256, 128)" --epochs 10
          rubato train --optimizer adamw --lr 1e-3 --batch 64 --name first-try
          rubato train --lr "wsd(0.1, warmup 0.05dur, decay 0.2dur)" --length 5000ba
          rubato train --batch "multi-step(64, gamma 2, at 2ep 4ep)" --epochs 5
          rubato train --config runs/first-try/config.yaml --name second-try --seed 2
          rubato train --resume runs/first-try

        """;

    private const string TrainTail =
        """

        Going on
          --resume RUN          Goes on with the run of a folder, from its newest
                                checkpoint that is whole, as if nothing had happened.
                                Flags override its configuration.
                                Default: none. Example: --resume runs/first-try
          --resume-policy WORD  What to do if plan or data are not those of the run:
                                strict: refuse, and say what differs; keep: go on
                                under the run's plan; use-new: under the new one at
                                the same sample; same-epoch: at the same epoch. A
                                finished run that is only made longer needs none.
                                Default: strict. Example: --resume-policy use-new

        Several processes
          --processes N         Trains in N processes that share each batch, started by
                                mpirun; the batch stays that of all together. No
                                setting of the run: --resume takes it, too.
                                Default: 1. Example: --processes 4
          --hosts LIST          The hosts of the processes, each with a number of them
                                or all without, reached by ssh.
                                Default: this one. Example: --hosts node1:2,node2:2
          --network-interface NET
                                The interface or network that they talk through.
                                Default: what MPI finds.
                                Example: --network-interface 10.0.0.0/24

        Display
          --config FILE.yaml    Settings from a file; its keys are the flags without
                                dashes, as in the config.yaml of a run folder. Flags
                                override it.
                                Default: none. Example: --config settings.yaml
          --quiet               Prints the final line only.
                                Default: off. Example: --quiet
          --verbose             Errors with all details; also by RUBATO_DEBUG=1.
                                Default: off. Example: --verbose

        A terminal shows a bar for the epoch in progress; a file or a pipe gets a line
        an epoch, and one every 10 seconds in a long one. Ctrl-C ends the run after the
        update in progress and leaves its folder complete; a second one ends at once.
        SIGUSR1 makes the run write a checkpoint and go on.

        """;

    /// <summary>A command's page.</summary>
    /// <param name="command">The command's name; the root's for any other.</param>
    /// <returns>Text that ends with a new line.</returns>
    internal static string Of(string command) => command switch
    {
        "train" => Train(),
        "find" => FindPage.Text,
        "plan" => PlanPage.Text,
        "verify" => VerifyPage.Text,
        "replay" => ReplayPage.Text,
        "noise" => NoisePage.Text,
        "rates" => RatesPage.Text,
        "data" or "get" => DataGet,
        _ => Rubato,
    };

    private static string Train()
    {
        var page = new StringBuilder(TrainHead);
        SettingLines.Append(page, TrainSettingTable.All);
        return page.Append(TrainTail).ToString();
    }
}

namespace Rubato.Cli.Help;

/// <summary>The page of <c>rubato replay</c>.</summary>
internal static class ReplayPage
{
    internal const string Text =
        """
        rubato replay: what an automatic warm-up would have decided on given losses.

        Usage: rubato replay --losses FILE [FLAGS]

        Examples:
          rubato replay --losses losses.txt
          rubato replay --losses losses.txt --preset paper --steps-per-epoch 390 \
            --epochs 120 --csv decisions.csv

          --losses FILE         The training loss of each update, one a line, from the
                                first on; NaN and Infinity are allowed.
                                Example: --losses losses.txt
          --steps-per-epoch N   Updates in an epoch.
                                Default: as --epochs says; without that, there are no
                                epochs. Example: --steps-per-epoch 390
          --epochs N            The length of the run.
                                Default: as many updates as losses.
                                Example: --epochs 120
          --preset NAME         paper tests each epoch on random subsets, as published;
                                default tests more often, and on all losses.
                                Default: default. Example: --preset paper
          --cooldown NAME       cosine, constant-then-cosine or half-cosine.
                                Default: cosine. Example: --cooldown half-cosine
          --csv FILE            Writes step, learning_rate, phase and probability, a row
                                an update.
                                Default: none. Example: --csv decisions.csv
          --verbose             Errors with all details; also by RUBATO_DEBUG=1.
                                Default: off. Example: --verbose

        The losses are taken as they are: rates that differ from those they were
        measured with do not change them.

        """;
}

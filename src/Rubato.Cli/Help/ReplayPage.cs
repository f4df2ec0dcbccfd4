namespace Rubato.Cli.Help;

/// <summary>The page of <c>rubato replay</c>.</summary>
internal static class ReplayPage
{
    internal const string Text =
        """
        rubato replay: what a controller would have decided on given losses, and why.

        Usage: rubato replay --losses FILE [FLAGS]

        Examples:
          rubato replay --losses losses.txt
          rubato replay --losses runs/first-try --controller "plateau(0.1, patience 3)"
          rubato replay --losses losses.csv --column train_loss --controller plateau \
            --steps-per-epoch 390
          rubato replay --losses losses.txt --preset paper --steps-per-epoch 390 \
            --epochs 120 --csv decisions.csv

          --losses FILE         The training loss of each update, from the first on: a
                                file with one a line; a table, values separated by
                                commas, with a header; or a run folder. A loss may
                                be nan, inf or -inf.
                                Example: --losses losses.txt
          --column NAME         The table's column with the losses.
                                Default: loss. Example: --column train_loss
          --averaged K          The losses are running averages that keep K of the one
                                before, corrected for their start; they are undone.
                                Default: they are none. Example: --averaged 0.98
          --steps-per-epoch N   Updates in an epoch.
                                Default: those of the run folder, or as --epochs says;
                                otherwise there are no epochs.
                                Example: --steps-per-epoch 390
          --epochs N            The length of the run.
                                Default: as many updates as losses.
                                Example: --epochs 120
          --controller TEXT     autowarmup or plateau, or one with settings, as in
                                --lr of rubato train. plateau by itself is plateau(1):
                                its rates are factors. Default: autowarmup.
                                Example: --controller "plateau(0.1, factor 0.5)"
          --preset NAME         Of autowarmup: paper tests each epoch on random subsets,
                                as published; default tests more often, and on all
                                losses. Default: default. Example: --preset paper
          --cooldown NAME       Of autowarmup: cosine, constant-then-cosine,
                                half-cosine, or a schedule of factors.
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

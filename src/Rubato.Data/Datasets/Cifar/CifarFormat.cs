using System.Collections.Immutable;

namespace Rubato.Data.Datasets.Cifar;

/// <summary>
/// The binary layout of one CIFAR data set (Krizhevsky 2009, "CIFAR-10 and CIFAR-100 datasets", binary version): records of one or two
/// label bytes and 3,072 bytes, red, green and blue planes of 32 x 32.
/// </summary>
/// <param name="Name">The kind's name.</param>
/// <param name="Title">The data set's own name.</param>
/// <param name="Folder">The folder in the published archive.</param>
/// <param name="TrainFiles">The files that make up the training split, in their order.</param>
/// <param name="TestFile">The file of the test split.</param>
/// <param name="LabelBytes">What each label byte of a record is called and how many values it has; the last one is the class.</param>
/// <param name="ClassNames">The published names, in the order of the labels.</param>
internal sealed record CifarFormat(
    string Name,
    string Title,
    string Folder,
    ImmutableArray<string> TrainFiles,
    string TestFile,
    ImmutableArray<(string Name, int Values)> LabelBytes,
    ImmutableArray<string> ClassNames)
{
    internal const int Side = 32;
    internal const int Channels = 3;
    internal const int Pixels = Channels * Side * Side;

    internal static CifarFormat Cifar10 { get; } = new(
        "cifar10",
        "CIFAR-10",
        "cifar-10-batches-bin",
        ["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"],
        "test_batch.bin",
        [("label", 10)],
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]);

    internal static CifarFormat Cifar100 { get; } = new(
        "cifar100",
        "CIFAR-100",
        "cifar-100-binary",
        ["train.bin"],
        "test.bin",
        [("coarse label", 20), ("fine label", 100)],
        [
            "apple", "aquarium_fish", "baby", "bear", "beaver", "bed", "bee", "beetle", "bicycle", "bottle",
            "bowl", "boy", "bridge", "bus", "butterfly", "camel", "can", "castle", "caterpillar", "cattle",
            "chair", "chimpanzee", "clock", "cloud", "cockroach", "couch", "crab", "crocodile", "cup", "dinosaur",
            "dolphin", "elephant", "flatfish", "forest", "fox", "girl", "hamster", "house", "kangaroo", "keyboard",
            "lamp", "lawn_mower", "leopard", "lion", "lizard", "lobster", "man", "maple_tree", "motorcycle", "mountain",
            "mouse", "mushroom", "oak_tree", "orange", "orchid", "otter", "palm_tree", "pear", "pickup_truck", "pine_tree",
            "plain", "plate", "poppy", "porcupine", "possum", "rabbit", "raccoon", "ray", "road", "rocket",
            "rose", "sea", "seal", "shark", "shrew", "skunk", "skyscraper", "snail", "snake", "spider",
            "squirrel", "streetcar", "sunflower", "sweet_pepper", "table", "tank", "telephone", "television", "tiger", "tractor",
            "train", "trout", "tulip", "turtle", "wardrobe", "whale", "willow_tree", "wolf", "woman", "worm",
        ]);

    /// <summary>Bytes in one record.</summary>
    internal int RecordLength => LabelBytes.Length + Pixels;
}

#include "data.h"

#include <fstream>
#include <sstream>

std::string read_file(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) throw std::runtime_error("cannot open " + path);
    std::stringstream content;
    content << stream.rdbuf();
    return content.str();
}

namespace {

torch::Tensor bytes(const std::string& content, size_t offset, std::vector<int64_t> shape) {
    return torch::from_blob(const_cast<char*>(content.data()) + offset, shape, torch::kUInt8).clone();
}

}  // namespace

torch::Tensor TrainSet::gather(const torch::Tensor& index) const {
    const auto rows = images.index_select(0, index);
    return channels_last ? rows.view({-1, side, side, channels}).permute({0, 3, 1, 2}) : rows.view({-1, channels, side, side});
}

TrainSet load_train(const std::string& network, const std::string& folder, bool channels_last) {
    torch::Tensor pixels, labels;
    if (network == "mlp" || network == "convnet") {
        const auto images = read_file(folder + "/train-images-idx3-ubyte");
        const int64_t count = (static_cast<int64_t>(images.size()) - 16) / 784;
        pixels = bytes(images, 16, {count, 1, 28, 28});
        labels = bytes(read_file(folder + "/train-labels-idx1-ubyte"), 8, {count});
    } else {
        std::vector<torch::Tensor> parts;
        for (int part = 1; part <= 5; part++) {
            const auto content = read_file(folder + "/data_batch_" + std::to_string(part) + ".bin");
            parts.push_back(bytes(content, 0, {static_cast<int64_t>(content.size()) / 3073, 3073}));
        }
        const auto records = torch::cat(parts);
        labels = records.select(1, 0);
        pixels = records.slice(1, 1).reshape({-1, 3, 32, 32});
    }
    auto values = pixels.to(torch::kFloat64);
    if (network == "cifar10-full") {
        values = values - values.mean(0);
    } else {
        values = values / 255.0;
        values = (values - values.mean({0, 2, 3}, true)) / values.std({0, 2, 3}, false, true);
    }
    TrainSet set;
    set.channels = values.size(1);
    set.side = values.size(2);
    set.channels_last = channels_last;
    set.images = (channels_last ? values.permute({0, 2, 3, 1}) : values).contiguous().flatten(1).to(torch::kFloat32);
    set.labels = labels.to(torch::kInt64).contiguous();
    return set;
}

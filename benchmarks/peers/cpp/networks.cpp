#include "networks.h"

#include <memory>

using torch::Tensor;

namespace {

struct BatchNorm {
    Tensor weight, bias, mean, variance;
    Tensor operator()(const Tensor& x) const { return torch::batch_norm(x, weight, bias, mean, variance, true, 0.1, 1e-5, false); }
};

struct Tensors {
    std::map<std::string, Tensor> all;
    const Tensor& operator[](const std::string& name) const { return all.at(name); }
    BatchNorm norm(const std::string& name) const {
        return {all.at(name + ".weight"), all.at(name + ".bias"), all.at(name + ".running_mean"), all.at(name + ".running_var")};
    }
};

using Forward = std::function<Tensor(const Tensor&)>;

Forward mlp(const Tensors& t) {
    const auto w1 = t["1.weight"], b1 = t["1.bias"], w3 = t["3.weight"], b3 = t["3.bias"], w5 = t["5.weight"], b5 = t["5.bias"];
    return [=](const Tensor& x) {
        const auto h1 = torch::relu(torch::linear(x.flatten(1), w1, b1));
        return torch::linear(torch::relu(torch::linear(h1, w3, b3)), w5, b5);
    };
}

Forward convnet(const Tensors& t) {
    const auto c0 = t["0.weight"], c4 = t["4.weight"], c8 = t["8.weight"], w = t["13.weight"], b = t["13.bias"];
    const auto n1 = t.norm("1"), n5 = t.norm("5"), n9 = t.norm("9");
    return [=](const Tensor& x) {
        auto y = torch::max_pool2d(n1(torch::conv2d(x, c0, {}, 1, 1)).relu_(), 2);
        y = torch::max_pool2d(n5(torch::conv2d(y, c4, {}, 1, 1)).relu_(), 2);
        y = torch::adaptive_avg_pool2d(n9(torch::conv2d(y, c8, {}, 1, 1)).relu_(), {1, 1});
        return torch::linear(y.flatten(1), w, b);
    };
}

Tensor within_channel_norm(const Tensor& x) {
    const auto mean = torch::avg_pool2d(x * x, 3, 1, 1);
    return x * torch::pow(1 + 5e-5 * mean, -0.75);
}

Forward cifar10_full(const Tensors& t) {
    const auto w1 = t["conv1.weight"], b1 = t["conv1.bias"], w2 = t["conv2.weight"], b2 = t["conv2.bias"], w3 = t["conv3.weight"],
               b3 = t["conv3.bias"], w = t["ip1.weight"], b = t["ip1.bias"];
    return [=](const Tensor& x) {
        auto y = torch::relu(torch::max_pool2d(torch::conv2d(x, w1, b1, 1, 2), 3, 2, 0, 1, true));
        y = torch::conv2d(within_channel_norm(y), w2, b2, 1, 2).relu_();
        y = torch::conv2d(within_channel_norm(torch::avg_pool2d(y, 3, 2, 0, true)), w3, b3, 1, 2).relu_();
        return torch::linear(torch::avg_pool2d(y, 3, 2, 0, true).flatten(1), w, b);
    };
}

struct WideBlock {
    BatchNorm bn1, bn2;
    Tensor conv1, conv2, shortcut;
    int64_t stride;
    Tensor operator()(const Tensor& x) const {
        const auto active = bn1(x).relu_();
        const auto middle = bn2(torch::conv2d(active, conv1, {}, stride, 1)).relu_();
        return torch::conv2d(middle, conv2, {}, 1, 1) + (shortcut.defined() ? torch::conv2d(active, shortcut, {}, stride) : x);
    }
};

Forward wide_resnet(const Tensors& t) {
    std::vector<WideBlock> blocks;
    for (int group = 1; group <= 3; group++)
        for (int layer = 0;; layer++) {
            const auto name = "block" + std::to_string(group) + ".layer." + std::to_string(layer) + ".";
            if (!t.all.count(name + "conv1.weight")) break;
            const auto shortcut = t.all.find(name + "convShortcut.weight");
            blocks.push_back({t.norm(name + "bn1"), t.norm(name + "bn2"), t[name + "conv1.weight"], t[name + "conv2.weight"],
                              shortcut == t.all.end() ? Tensor() : shortcut->second, group > 1 && layer == 0 ? 2 : 1});
        }
    const auto conv = t["conv1.weight"], w = t["fc.weight"], b = t["fc.bias"];
    const auto norm = t.norm("bn1");
    return [=](const Tensor& x) {
        auto y = torch::conv2d(x, conv, {}, 1, 1);
        for (const auto& block : blocks) y = block(y);
        return torch::linear(torch::adaptive_avg_pool2d(norm(y).relu_(), {1, 1}).flatten(1), w, b);
    };
}

}  // namespace

Network make_network(const std::string& name, std::map<std::string, Tensor> tensors, bool channels_last) {
    Network network;
    for (auto& [key, tensor] : tensors) {
        if (key.find("running_") != std::string::npos || key.find("num_batches") != std::string::npos) continue;
        if (channels_last && tensor.dim() == 4) tensor = tensor.contiguous(torch::MemoryFormat::ChannelsLast);
        tensor.requires_grad_();
        network.parameters.push_back(tensor);
        const bool caffe = name == "cifar10-full";
        network.rate_multipliers.push_back(caffe && (key == "conv1.bias" || key == "conv2.bias" || key == "ip1.bias") ? 2 : 1);
        network.decay_multipliers.push_back(!caffe ? 1 : key == "ip1.weight" ? 250 : key == "ip1.bias" ? 0 : 1);
    }
    const Tensors t{std::move(tensors)};
    network.forward = name == "mlp" ? mlp(t) : name == "convnet" ? convnet(t) : name == "cifar10-full" ? cifar10_full(t) : wide_resnet(t);
    return network;
}

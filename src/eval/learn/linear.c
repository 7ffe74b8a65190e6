/*
 * linear - linear support vector machines and logistic regression, over
 * LIBLINEAR; the only file that includes it.
 *
 * Only LIBLINEAR's primal (trust region Newton) solvers are used: its dual
 * ones shuffle with the C library's one source of chance, so that threads
 * would disturb each other and no run would repeat.
 *
 * With more than two classes, each class k is separated from the rest:
 * minimise 1/2 w'w + C w_k sum_{i in k} loss_i + C sum_{i not in k} loss_i
 * with w_k = n / (K n_k), as scikit-learn's LinearSVC does with
 * class_weight="balanced".  The bias is the weight of one more column that
 * is always 1, and is regularised like the others.
 *
 * The model is kept in our own form, so that ties between classes go to the
 * first one whatever the order of the training items.
 */
#include <config.h>

#include "eval/learn/linear.h"

#include <assert.h>
#include <limits.h>
#include <linear.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "eval/learn/span.h"

/* Places in the parameter lists. */
enum { PARAM_C, PARAM_EPS, PARAM_EPSILON };

struct linear_model {
    size_t columns; /* without the bias */
    size_t outputs; /* classes, or 1 */
    bool probabilities;
    bool *known;    /* owned: per output, was in training */
    double *weight; /* owned: outputs x (columns + 1), the bias last */
};

/* The training items as LIBLINEAR wants them. */
struct problem_memory {
    bool spanned; /* its features are coordinates in `span` */
    struct span span;
    struct feature_node *node;  /* owned */
    struct feature_node **item; /* owned */
    double *target;             /* owned */
};

static void say_nothing(const char *text)
{
    (void)text;
}

static void prepare(void)
{
    set_print_string_function(say_nothing);
}

static int version(void)
{
    return liblinear_version;
}

/* The rows of `x`, and a bias where they do not hold it already. */
static void fill_nodes(struct problem *problem, struct problem_memory *memory,
                       const struct matrix *x, size_t columns, bool bias)
{
    size_t width = columns + 2; /* the bias and the end mark */

    memory->node = xcalloc(x->rows * width, sizeof(*memory->node));
    memory->item = xcalloc(x->rows, sizeof(*memory->item));
    memory->target = xcalloc(x->rows, sizeof(*memory->target));
    for (size_t i = 0; i < x->rows; i++) {
        const double *row = matrix_row(x, i);
        struct feature_node *node = memory->node + i * width;

        memory->item[i] = node;
        for (size_t k = 0; k < columns; k++) {
            assert(isfinite(row[k]));
            if (row[k] == 0)
                continue;
            node->index = (int)k + 1;
            node->value = row[k];
            node++;
        }
        if (bias) {
            node->index = (int)columns + 1;
            node->value = 1;
            node++;
        }
        node->index = -1;
    }
    problem->l = (int)x->rows;
    problem->n = (int)columns + bias;
    problem->x = memory->item;
    problem->y = memory->target;
    problem->bias = bias ? 1 : -1;
}

/* With more features than items, their coordinates say the same in less. */
static void fill_problem(struct problem *problem, struct problem_memory *memory,
                         const struct matrix *x)
{
    memory->spanned = x->columns > x->rows;
    if (memory->spanned) {
        span_init(&memory->span, x);
        fill_nodes(problem, memory, &memory->span.position, memory->span.width,
                   false);
    } else {
        fill_nodes(problem, memory, x, x->columns, true);
    }
}

static void free_problem(struct problem_memory *memory)
{
    free(memory->node);
    free(memory->item);
    free(memory->target);
    span_release(&memory->span);
}

static bool fits(const struct matrix *x, struct error *err)
{
    if (x->rows == 0)
        return error_set(err, ERROR_INPUT, "there is nothing to train on");
    if (x->columns < (size_t)INT_MAX - 2 && x->rows < (size_t)INT_MAX)
        return true;
    return error_set(err, ERROR_LIMIT,
                     "%zu items of %zu features are more than a linear model "
                     "can take",
                     x->rows, x->columns);
}

/* Trains and hides the library's model; NULL when it refuses. */
static struct model *train_model(const struct problem *problem,
                                 const struct parameter *parameter,
                                 struct error *err)
{
    const char *wrong = check_parameter(problem, parameter);

    if (wrong) {
        error_set(err, ERROR_USAGE, "the linear model refuses: %s", wrong);
        return NULL;
    }
    return train(problem, parameter);
}

static struct linear_model *model_new(size_t outputs, size_t columns,
                                      bool probabilities)
{
    struct linear_model *model = xcalloc(1, sizeof(*model));

    model->columns = columns;
    model->outputs = outputs;
    model->probabilities = probabilities;
    model->known = xcalloc(outputs, sizeof(*model->known));
    model->weight = xcalloc(outputs * (columns + 1), sizeof(*model->weight));
    return model;
}

/* The weights of one output, as many as the problem has features. */
static void take_output(struct linear_model *model, size_t output,
                        const struct problem_memory *memory,
                        const struct matrix *x, const double *trained)
{
    double *weight = model->weight + output * (model->columns + 1);

    assert(output < model->outputs);
    model->known[output] = true;
    if (memory->spanned)
        span_weights(&memory->span, x, trained, weight);
    else
        memcpy(weight, trained, (model->columns + 1) * sizeof(*weight));
}

/*
 * LIBLINEAR's w is feature by feature; with two classes it holds only the
 * weights that speak for the first of its labels.
 */
static void take_weights(struct linear_model *model, const struct model *from,
                         const struct problem_memory *memory,
                         const struct problem *problem, const struct matrix *x)
{
    size_t width = (size_t)problem->n;
    size_t kept = from->nr_class == 2 ? 1 : (size_t)from->nr_class;
    double *trained = xcalloc(width + 1, sizeof(*trained));

    for (int number = 0; number < from->nr_class; number++) {
        for (size_t k = 0; k < width; k++) {
            if (kept == 1)
                trained[k] = number == 0 ? from->w[k] : -from->w[k];
            else
                trained[k] = from->w[k * kept + (size_t)number];
        }
        take_output(model, (size_t)from->label[number], memory, x, trained);
    }
    free(trained);
}

struct class_weights {
    int *label;     /* owned */
    double *weight; /* owned */
    int count;
};

/* n / (K n_k) over the K classes that occur. */
static void weigh_classes(struct class_weights *weights,
                          const struct learner_data *data)
{
    size_t *count = xcalloc(data->classes, sizeof(*count));

    weights->label = xcalloc(data->classes, sizeof(*weights->label));
    weights->weight = xcalloc(data->classes, sizeof(*weights->weight));
    for (size_t i = 0; i < data->x->rows; i++)
        count[data->class_of[i]]++;
    for (size_t k = 0; k < data->classes; k++)
        if (count[k])
            weights->label[weights->count++] = (int)k;
    for (int k = 0; k < weights->count; k++) {
        double ofclass = (double)count[weights->label[k]];

        weights->weight[k] =
            data->balanced ? (double)data->x->rows / (weights->count * ofclass)
                           : 1;
    }
    free(count);
}

static void *train_classes(const struct learner *learner,
                           const struct learner_data *data, const double *param,
                           struct rng *rng, struct error *err)
{
    struct problem problem = { 0 };
    struct problem_memory memory = { 0 };
    struct class_weights weights = { 0 };
    struct parameter parameter = { 0 };
    struct linear_model *model = NULL;
    struct model *trained = NULL;

    (void)rng;
    if (!fits(data->x, err))
        return NULL;
    weigh_classes(&weights, data);
    if (weights.count < 2) {
        error_set(err, ERROR_INPUT,
                  "there is only one class in training: nothing to tell apart");
        goto failed;
    }
    fill_problem(&problem, &memory, data->x);
    for (size_t i = 0; i < data->x->rows; i++)
        memory.target[i] = (double)data->class_of[i];
    parameter.solver_type = learner->probabilities ? L2R_LR : L2R_L2LOSS_SVC;
    parameter.C = param[PARAM_C];
    parameter.eps = param[PARAM_EPS];
    parameter.nr_weight = weights.count;
    parameter.weight_label = weights.label;
    parameter.weight = weights.weight;
    trained = train_model(&problem, &parameter, err);
    if (!trained)
        goto failed;
    model = model_new(data->classes, data->x->columns, learner->probabilities);
    take_weights(model, trained, &memory, &problem, data->x);

failed:
    free_and_destroy_model(&trained);
    free_problem(&memory);
    free(weights.label);
    free(weights.weight);
    return model;
}

static void *train_values(const struct learner *learner,
                          const struct learner_data *data, const double *param,
                          struct rng *rng, struct error *err)
{
    struct problem problem = { 0 };
    struct problem_memory memory = { 0 };
    struct parameter parameter = { 0 };
    struct linear_model *model = NULL;
    struct model *trained;

    (void)learner;
    (void)rng;
    if (!fits(data->x, err))
        return NULL;
    fill_problem(&problem, &memory, data->x);
    for (size_t i = 0; i < data->x->rows; i++)
        memory.target[i] = data->value[i];
    parameter.solver_type = L2R_L2LOSS_SVR;
    parameter.C = param[PARAM_C];
    parameter.eps = param[PARAM_EPS];
    parameter.p = param[PARAM_EPSILON];
    trained = train_model(&problem, &parameter, err);
    if (trained) {
        model = model_new(1, data->x->columns, false);
        take_output(model, 0, &memory, data->x, trained->w);
    }
    free_and_destroy_model(&trained);
    free_problem(&memory);
    return model;
}

/* Logistic; exact at both ends. */
static double squash(double value)
{
    return value >= 0 ? 1 / (1 + exp(-value)) : exp(value) / (1 + exp(value));
}

static void predict_row(const void *state, const double *row, double *score)
{
    const struct linear_model *model = state;
    double sum = 0;

    for (size_t k = 0; k < model->outputs; k++) {
        const double *weight = model->weight + k * (model->columns + 1);
        double value = weight[model->columns];

        for (size_t i = 0; i < model->columns; i++)
            value += weight[i] * row[i];
        if (!model->known[k])
            value = -INFINITY;
        score[k] = model->probabilities ? squash(value) : value;
        sum += model->probabilities ? score[k] : 0;
    }
    for (size_t k = 0; k < model->outputs && sum > 0; k++)
        score[k] /= sum;
}

static void model_free(void *state)
{
    struct linear_model *model = state;

    if (!model)
        return;
    free(model->known);
    free(model->weight);
    free(model);
}

static const struct learner_param svm_params[] = {
    { .name = "C",
      .fallback = 0.01,
      .smallest = true,
      .help = "cost of an error; smaller is smoother" },
    { .name = "eps",
      .fallback = 0.001,
      .help = "the solver stops when the gradient has shrunk to this share" },
    { .name = NULL },
};

static const struct learner_param logreg_params[] = {
    { .name = "C",
      .fallback = 0.1,
      .smallest = true,
      .help = "cost of an error; smaller is smoother" },
    { .name = "eps",
      .fallback = 0.001,
      .help = "the solver stops when the gradient has shrunk to this share" },
    { .name = NULL },
};

static const struct learner_param svr_params[] = {
    { .name = "C",
      .fallback = 0.01,
      .smallest = true,
      .help = "cost of an error; smaller is smoother" },
    { .name = "eps",
      .fallback = 0.001,
      .help = "the solver stops when the gradient has shrunk to this share" },
    { .name = "epsilon",
      .fallback = 0.1,
      .zero = true,
      .help = "errors below this, in the target's unit, cost nothing" },
    { .name = NULL },
};

const struct learner linear_svm = {
    .name = "svm",
    .summary = "linear support vector machine",
    .library = "liblinear",
    .task = LEARNER_CLASSIFY,
    .params = svm_params,
    .version = version,
    .prepare = prepare,
    .train = train_classes,
    .predict = predict_row,
    .free = model_free,
};

const struct learner linear_logreg = {
    .name = "logreg",
    .summary = "logistic regression",
    .library = "liblinear",
    .task = LEARNER_CLASSIFY,
    .probabilities = true,
    .params = logreg_params,
    .version = version,
    .prepare = prepare,
    .train = train_classes,
    .predict = predict_row,
    .free = model_free,
};

const struct learner linear_svr = {
    .name = "svr",
    .summary = "linear support vector regression",
    .library = "liblinear",
    .task = LEARNER_REGRESS,
    .params = svr_params,
    .version = version,
    .prepare = prepare,
    .train = train_values,
    .predict = predict_row,
    .free = model_free,
};
